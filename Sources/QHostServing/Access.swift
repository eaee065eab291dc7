/// Decides which requests are answered.
///
/// A page of another site must not read what is served, whatever a browser sends along:
/// - at a loopback address the request must name this machine as its host: a name of somebody else that was made to
///   lead here (DNS rebinding) is refused;
/// - at any other address it must have the token, in a cookie that goes with requests of the page itself alone;
/// - a request that a browser sends for a page of another origin is refused.
struct Access {
  /// What a request says of itself.
  struct Request {
    var host: String?
    var origin: String?
    /// `Sec-Fetch-Site`: `none`, `same-origin`, `same-site` or `cross-site`.
    var site: String?
    var cookies: String?
    var authorization: String?
    /// The token in the address.
    var token: String?
  }

  /// What is done with it.
  enum Verdict: Equatable {
    case allowed
    /// It has the token in its address: it is sent on without, with a cookie.
    case enters
    /// One sentence.
    case refused(String)
  }

  static let cookie = "qhost-token"
  private let settings: ServerSettings

  init(_ settings: ServerSettings) { self.settings = settings }

  func verdict(_ request: Request) -> Verdict {
    if let origin = request.origin, origin != request.host.map({ "http://\($0)" }) {
      return .refused("a page of another origin cannot read this one")
    }
    let isLedHere = request.site.map { $0 != "none" && $0 != "same-origin" } ?? false
    if isLedHere, settings.token == nil || request.token == nil {
      return .refused("another site cannot lead here; type the address")
    }
    guard let token = settings.token else {
      return isOwnName(request.host)
        ? .allowed : .refused("this server is called localhost, and nothing else")
    }
    if let given = request.token {
      return Self.equal(given, token) ? .enters : .refused("the token is another one")
    }
    let known = [
      request.authorization.map { $0.replacing("Bearer ", with: "") }, own(request.cookies),
    ]
    return known.contains { $0.map { Self.equal($0, token) } ?? false }
      ? .allowed : .refused("the address needs ?token=, which 'qhost serve' printed")
  }

  private func isOwnName(_ host: String?) -> Bool {
    guard let host else { return false }
    let name = host.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
    return name.lowercased() == "localhost" || name == settings.address
  }

  private func own(_ cookies: String?) -> String? {
    cookies?.split(separator: ";").compactMap { part in
      let words = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      return words.count == 2 && words[0] == Self.cookie ? String(words[1]) : nil
    }.first
  }

  /// In a time that does not depend on how much of it is right.
  private static func equal(_ one: String, _ other: String) -> Bool {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
