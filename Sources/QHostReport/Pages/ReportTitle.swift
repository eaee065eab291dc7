internal import QHostComparing
internal import QHostRuntime

/// What a report is called: which optimizers on which datasets, and on which of these only.
struct ReportTitle {
  /// For example `adam, ga on iris`, or `ga, sa on digits, functions; adam on digits`.
  let text: String

  init(_ report: ComparisonReport) {
    var datasets: [String: [String]] = [:]
    var optimizers: [String] = []
    for problem in report.problems {
      let dataset = Self.component(problem.dataset)
      for row in problem.combinations {
        let optimizer = Self.component(row.labels.optimizer)
        if datasets[optimizer] == nil { optimizers.append(optimizer) }
        if datasets[optimizer]?.contains(dataset) != true {
          datasets[optimizer, default: []].append(dataset)
        }
      }
    }
    var groups: [(datasets: [String], optimizers: [String])] = []
    for optimizer in optimizers {
      let own = datasets[optimizer] ?? []
      if let place = groups.firstIndex(where: { $0.datasets == own }) {
        groups[place].optimizers.append(optimizer)
      } else {
        groups.append((own, [optimizer]))
      }
    }
    // Those with most datasets first; the sort keeps the order of the others.
    let sorted = groups.enumerated().sorted { one, other in
      let (a, b) = (one.element.datasets.count, other.element.datasets.count)
      return a == b ? one.offset < other.offset : a > b
    }.map(\.element)
    let parts = sorted.map { group in
      "\(Self.names(group.optimizers, "optimizers")) on \(Self.names(group.datasets, "datasets"))"
    }
    text = parts.isEmpty ? "Nothing that can be compared" : parts.joined(separator: "; ")
  }

  /// The name of a component, without its settings.
  private static func component(_ label: String) -> String {
    label.firstIndex(of: "[").map { String(label[..<$0]) } ?? label
  }

  private static func names(_ names: [String], _ kind: String) -> String {
    names.count > 4 ? "\(names.count) \(kind)" : names.joined(separator: ", ")
  }
}
