import Foundation
import Testing

/// `Benchmarks/KernelBenchmarks` against the headers of kernels.
@Suite("Benchmarks of kernels")
struct KernelBenchmarkTests {
  /// The functions of the headers named `qhost_kernels_*.h`, with their headers.
  private static func kernels() -> [(header: String, name: String)] {
    let paths = ["Sources", "SDK/Libraries", "Plugins"].flatMap { folder in
      let names = FileManager.default.enumerator(
        atPath: SourceFile.root.appending(path: folder).path())
      return (names?.allObjects as? [String] ?? []).map { folder + "/" + $0 }
    }
    return paths.filter { $0.hasSuffix(".h") && $0.contains("/include/qhost_kernels_") }.sorted()
      .flatMap { path in
        let text = try? String(contentsOf: SourceFile.root.appending(path: path), encoding: .utf8)
        return (text ?? "").split(separator: "\n").compactMap { line in
          line.firstMatch(of: /^[a-z][\w ]* \*?qhost_(?<name>(?:kernel|spiking)_\w+)\(/)
            .map { (path, String($0.output.name)) }
        }
      }
  }

  @Test("Each kernel is measured beside its twin, or the page says why not")
  func complete() throws {
    let kernels = Self.kernels()
    #expect(kernels.count > 100 && kernels.contains { $0.name == "kernel_margin_gradient" })
    let page = try String(
      contentsOf: SourceFile.root.appending(path: "Benchmarks/README.md"), encoding: .utf8)
    let sources = try SourceFile.all(in: "Benchmarks/KernelBenchmarks").map(\.text)
    let text = (sources + [page.replacing("those of `f64`", with: Self.doubles)]).joined()
    for kernel in kernels {
      #expect(
        text.firstMatch(of: try Regex("(?:\\b|_)\(kernel.name)\\b")) != nil,
        "\(kernel.header): 'qhost_\(kernel.name)' has no line in Benchmarks/KernelBenchmarks")
    }
  }

  /// What the page calls those of double precision.
  private static let doubles = [
    "circuit_scratch", "circuit_forward", "circuit_gradient", "circuit_kept", "circuit_keep",
    "circuit_gradient_kept", "gate_forward", "gate_backward",
  ].map { "`kernel_\($0)_f64`" }.joined(separator: ", ")
}
