import Foundation
import Glibc
import Testing

/// A running `qhost serve`, and a plain client of HTTP that a test has in its hand.
final class ServeFixture {
  /// An answer.
  struct Answer {
    var status: Int
    var head: String
    var body: String
  }

  let program: Program
  let child: Child
  let port: UInt16
  private(set) var url = ""

  /// Starts it on a free port.
  init(_ program: Program, _ arguments: [String]) throws {
    self.program = program
    let log = program.folder + "/url-\(UUID().uuidString)"
    child = try Child(
      "/bin/bash",
      ["-c", "exec \"$0\" serve --port 0 \"$@\" > '\(log)'", Program.path] + arguments,
      ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": program.folder]) { $1 },
      program.folder)
    var text = ""
    for _ in 0..<400 where !text.contains("\n") {
      usleep(25_000)
      text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    }
    url = text.trimmingCharacters(in: .whitespacesAndNewlines)
    port = UInt16(url.split(separator: ":").last?.prefix { $0.isNumber } ?? "") ?? 0
    try #require(port > 0, "'\(url)'")
  }

  deinit {
    child.send(SIGINT)
    _ = try? child.wait()
  }

  /// Asks, and reads the answer to its end.
  func get(
    _ path: String, host: String? = nil, _ headers: [String] = [], method: String = "GET"
  ) throws -> Answer {
    let connection = try ServeConnection(port)
    let lines = ["\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"] + headers
    try connection.send(lines.joined(separator: "\r\n") + "\r\nConnection: close\r\n\r\n")
    let text = try connection.read { _ in false }
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Answer(
      status: status, head: String(parts.first ?? ""), body: parts.count > 1 ? String(parts[1]) : ""
    )
  }

  /// The comparisons that the first event has.
  func comparisons() throws -> [[String: Any]] {
    let connection = try events()
    let text = try connection.read { $0.contains("\"is_whole\":true") && $0.hasSuffix("\n\n\r\n") }
    return try #require(Self.event(in: text)["comparisons"] as? [[String: Any]])
  }

  /// A stream of events.
  func events() throws -> ServeConnection {
    let connection = try ServeConnection(port)
    try connection.send("GET /events HTTP/1.1\r\nHost: localhost:\(port)\r\n\r\n")
    return connection
  }

  /// The last event of a text.
  static func event(in text: String) throws -> [String: Any] {
    let line = try #require(
      text.split(whereSeparator: \.isNewline).last { $0.hasPrefix("data: ") }, "\(text)")
    let object = try JSONSerialization.jsonObject(with: Data(line.dropFirst(6).utf8))
    return try #require(object as? [String: Any])
  }
}

/// A connection of TCP to this machine.
final class ServeConnection {
  private let socket: Int32
  private var bytes: [UInt8] = []

  init(_ port: UInt16, address: String = "127.0.0.1") throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    inet_pton(AF_INET, address, &place.sin_addr)
    let status = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0, "no connection to \(address):\(port)")
  }

  deinit { close(socket) }

  func send(_ text: String) throws {
    let sent = Array(text.utf8).withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, 0) }
    try #require(sent == text.utf8.count)
  }

  /// Reads until there is enough, the other side has closed, or ten seconds were silent; gives all since the beginning.
  func read(until isEnough: (String) -> Bool) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !isEnough(String(decoding: bytes, as: UTF8.self)) {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
