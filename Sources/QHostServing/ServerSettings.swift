/// Where a page is served, and to whom.
public struct ServerSettings: Sendable {
  /// The address that it listens at, an IPv4 address in figures or `localhost`.
  public var address: String
  /// The port; 0: one that is free.
  public var port: UInt16
  /// What requests must know; `nil`: nothing, at an address that other machines cannot reach.
  public var token: String?

  /// Makes settings.
  public init(address: String, port: UInt16, token: String?) {
    self.address = address == "localhost" ? "127.0.0.1" : address
    self.port = port
    self.token = token
  }

  /// Whether only this machine reaches the address.
  public var isLoopback: Bool { address.hasPrefix("127.") }

  /// A token that nobody can guess: 128 random bits.
  public static func randomToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
