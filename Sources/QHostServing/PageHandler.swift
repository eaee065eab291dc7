internal import FlyingFox
internal import FoundationEssentials
internal import QHostReport
internal import QHostRuntime

/// Answers requests.
///
/// Addresses name comparisons by a digest of their path, never files.
struct PageHandler: HTTPHandler {
  private let watcher: Watcher
  private let cache: ReportCache
  private let access: Access

  init(_ watcher: Watcher, _ cache: ReportCache, _ access: Access) {
    self.watcher = watcher
    self.cache = cache
    self.access = access
  }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let query = request.query.map { (name: $0.name, value: $0.value) }
    let token = query.last { $0.name == "token" }?.value
    let asked = Access.Request(
      host: request.headers[.host], origin: request.headers[HTTPHeader("Origin")],
      site: request.headers[HTTPHeader("Sec-Fetch-Site")], cookies: request.headers[.cookie],
      authorization: request.headers[.authorization], token: token)
    switch access.verdict(asked) {
    case .refused(let reason): return Reply.text(.forbidden, reason)
    case .enters: return Reply.entering(request.path, token: token ?? "")
    case .allowed: break
    }
    guard request.method == .GET else {
      return Reply.text(.methodNotAllowed, "pages are read, and nothing is changed here")
    }
    return await answer(request.path.split(separator: "/").map(String.init), query)
  }

  private func answer(
    _ path: [String], _ query: [(name: String, value: String)]
  ) async -> HTTPResponse {
    switch path.first {
    case nil: return Reply.html(PageText.list)
    case "page.js" where path.count == 1: return Reply.script(PageScript.page)
    case "stream.js" where path.count == 1: return Reply.script(PageScript.stream)
    case "favicon.ico" where path.count == 1: return Reply.icon
    case "events" where path.count == 1: return Reply.events(await watcher.listen())
    case "comparison" where path.count > 1:
      guard let shown = await watcher.comparison(path[1]) else { break }
      return await comparison(shown, Array(path.dropFirst(2)), ViewChoice(query))
    default: break
    }
    return Reply.text(.notFound, "there is no such page; the list is at /")
  }

  private func comparison(
    _ shown: WatchedComparison, _ path: [String], _ choice: ViewChoice
  ) async -> HTTPResponse {
    do {
      switch (path.first, path.count) {
      case (nil, _): return Reply.html(PageText.comparison(shown))
      case ("view", 1):
        let view = try await cache.page(shown, choice, watcher)
        return Reply.html(view.text, version: view.version)
      case ("names", 1):
        let report = try await cache.report(shown, choice, watcher, isExact: false).report
        return Reply.json(try JSONText.of(ViewNames(report)))
      case ("report.csv", 1):
        return Reply.file(
          CSVPage(try await cache.report(shown, choice, watcher).report).text, "text/csv",
          "report.csv")
      case ("report.tex", 1):
        return Reply.file(
          LaTeXPage(try await cache.report(shown, choice, watcher).report).text,
          "application/x-tex",
          "report.tex")
      case ("figure", 2):
        let name = path[1].hasSuffix(".svg") ? String(path[1].dropLast(4)) : path[1]
        let report = try await cache.report(shown, choice, watcher).report
        guard let svg = FigureFiles(report).svg(name) else { break }
        return Reply.file(svg, "image/svg+xml", "\(name).svg")
      default: break
      }
    } catch {
      return Reply.text(.unprocessableContent, (error as? RunError)?.message ?? "\(error)")
    }
    return Reply.text(.notFound, "there is no such page; the list is at /")
  }
}

/// What can be chosen of a comparison, and downloaded.
private struct ViewNames: Encodable {
  let combinations: [String]
  let figures: [String]
  let metrics: [String]

  init(_ report: ComparisonReport) {
    var names: [String] = []
    for row in report.problems.flatMap(\.combinations) where !names.contains(row.name) {
      names.append(row.name)
    }
    combinations = names
    figures = FigureFiles(report).names
    metrics = Set(report.problems.compactMap(\.metric)).sorted()
  }
}
