import Foundation
import Glibc
import Testing

/// A page in a headless Chromium, asked through the DevTools protocol over two named pipes.
///
/// `--dump-dom` would be simpler, but its virtual clock runs ahead of a server's events, and may be over before the first.
final class Browser {
  /// What the page and its console had at one moment.
  struct Page {
    var content: String
    var complaints: [String]
  }

  private let child: Child
  private let requests: Int32
  private let answers: Int32
  private var pending: [UInt8] = []
  private var last = 0
  private var session: String?
  private var complaints: [String] = []

  /// Starts `executable` with a profile of its own below `folder`, on an empty page.
  init(_ executable: String, folder: String) throws {
    let profile = folder + "/browser-\(UUID().uuidString)"
    let pipes = [profile + ".requests", profile + ".answers"]
    for pipe in pipes { try #require(mkfifo(pipe, 0o600) == 0) }
    // Open for both directions, neither end waits for the other.
    requests = open(pipes[0], O_RDWR | O_CLOEXEC)
    answers = open(pipes[1], O_RDWR | O_CLOEXEC)
    child = try Child(
      "/bin/bash",
      [
        "-c", "exec \"$0\" \"${@:3}\" 3<\"$1\" 4>\"$2\"", executable, pipes[0], pipes[1],
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--user-data-dir=\(profile)", "--remote-debugging-pipe", "about:blank",
      ], ProcessInfo.processInfo.environment, folder)
    let target = try ask("Target.createTarget", ["url": "about:blank"])["targetId"]
    session =
      try ask("Target.attachToTarget", ["targetId": target ?? "", "flatten": true])["sessionId"]
      as? String
    for domain in ["Page", "Runtime", "Log"] { _ = try ask("\(domain).enable", [:]) }
  }

  deinit {
    session = nil
    _ = try? ask("Browser.close", [:])
    close(requests)
    close(answers)
    _ = try? child.wait()
  }

  /// Opens a page and waits until it has all of `signs`; what it has after 30 s otherwise.
  func page(_ url: String, until signs: String...) throws -> Page {
    complaints = []
    _ = try ask("Page.navigate", ["url": url])
    let deadline = Date(timeIntervalSinceNow: 30)
    var content = ""
    repeat {
      usleep(50_000)
      let answer = try ask(
        "Runtime.evaluate",
        ["expression": "document.documentElement.outerHTML", "returnByValue": true])
      content = (answer["result"] as? [String: Any])?["value"] as? String ?? ""
    } while Date() < deadline && !signs.allSatisfy(content.contains)
    return Page(content: content, complaints: complaints)
  }

  /// Asks one thing, and gives its result.
  private func ask(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
    last += 1
    var request: [String: Any] = ["id": last, "method": method, "params": parameters]
    request["sessionId"] = session
    var bytes = [UInt8](try JSONSerialization.data(withJSONObject: request))
    bytes.append(0)
    try #require(write(requests, bytes, bytes.count) == bytes.count)
    while true {
      let message = try next()
      if message["id"] as? Int == last {
        try #require(message["error"] == nil, "\(method): \(message)")
        return message["result"] as? [String: Any] ?? [:]
      }
      let event = message["method"] as? String ?? ""
      if ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"].contains(event) {
        complaints.append("\(message["params"] ?? event)")
      }
    }
  }

  /// The next message, whose end is a NUL.
  private func next() throws -> [String: Any] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = pending.firstIndex(of: 0) {
        let message = Data(pending[..<end])
        pending.removeSubrange(...end)
        return try #require(try JSONSerialization.jsonObject(with: message) as? [String: Any])
      }
      var state = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      try #require(poll(&state, 1, 30_000) == 1, "the browser has not answered for 30 s")
      let count = read(answers, &buffer, buffer.count)
      try #require(count > 0)
      pending += buffer[..<count]
    }
  }
}
