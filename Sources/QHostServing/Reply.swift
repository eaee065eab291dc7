internal import FlyingFox
internal import FlyingSocks
internal import FoundationEssentials

/// Answers, with what keeps a browser from doing more with them than to show them.
enum Reply {
  private static let pieceBytes = 1 << 16

  static func html(_ text: String, version: Int? = nil) -> HTTPResponse {
    var reply = make(.ok, "text/html; charset=utf-8", text)
    if let version { reply.headers[HTTPHeader("X-Version")] = "\(version)" }
    return reply
  }

  static func json(_ text: String) -> HTTPResponse { make(.ok, "application/json", text) }

  static func script(_ text: String) -> HTTPResponse {
    make(.ok, "text/javascript; charset=utf-8", text)
  }

  static func text(_ status: HTTPStatusCode, _ text: String) -> HTTPResponse {
    make(status, "text/plain; charset=utf-8", text + "\n")
  }

  static func file(_ text: String, _ type: String, _ name: String) -> HTTPResponse {
    var reply = make(.ok, "\(type); charset=utf-8", text)
    reply.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    return reply
  }

  /// A browser that gets no answer for it keeps one of its six connections for it.
  static let icon = make(
    .ok, "image/svg+xml",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"none\" stroke=\"#2a78d6\" "
      + "stroke-width=\"2\" d=\"M1 3c5 0 4 10 14 10\"/></svg>")

  /// Sends a browser on to the same page without the token in its address, which it keeps in a cookie.
  static func entering(_ path: String, token: String) -> HTTPResponse {
    var reply = make(.seeOther, "text/plain", "")
    // Never to another host, whatever the path begins with.
    reply.headers[.location] = "/" + path.drop { $0 == "/" || $0 == "\\" }
    reply.headers[.setCookie] = "\(Access.cookie)=\(token); HttpOnly; SameSite=Strict; Path=/"
    return reply
  }

  /// A stream of lines, each an event.
  static func events(_ lines: AsyncStream<[UInt8]>) -> HTTPResponse {
    var headers = common("text/event-stream")
    headers[HTTPHeader("X-Accel-Buffering")] = "no"
    return HTTPResponse(
      statusCode: .ok, headers: headers,
      body: HTTPBodySequence(from: EventBytes(lines: lines), suggestedBufferSize: pieceBytes))
  }

  private static func make(
    _ status: HTTPStatusCode, _ type: String, _ text: String
  ) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: common(type),
      body: HTTPBodySequence(data: Data(text.utf8), suggestedBufferSize: pieceBytes))
  }

  private static func common(_ type: String) -> HTTPHeaders {
    [
      .contentType: type, .cacheControl: "no-store",
      HTTPHeader("Content-Security-Policy"): "default-src 'none'; script-src 'self'; "
        + "worker-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
      HTTPHeader("Cross-Origin-Opener-Policy"): "same-origin",
      HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Referrer-Policy"): "no-referrer",
    ]
  }
}

/// Lines as server-sent events: `data: LINE` and a blank line.
private struct EventBytes: AsyncBufferedSequence {
  typealias Element = UInt8
  let lines: AsyncStream<[UInt8]>

  func makeAsyncIterator() -> Iterator { Iterator(lines: lines.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var lines: AsyncStream<[UInt8]>.Iterator
    private var hasBegun = false

    init(lines: AsyncStream<[UInt8]>.Iterator) { self.lines = lines }

    mutating func next() async -> UInt8? {
      preconditionFailure("events are read line by line")
    }

    mutating func nextBuffer(suggested count: Int) async -> [UInt8]? {
      guard let line = await lines.next() else { return nil }
      let start = hasBegun ? "" : "retry: 1000\n"
      hasBegun = true
      return Array((start + "data: ").utf8) + line + [0x0A, 0x0A]
    }
  }
}
