import Foundation
import ForeignFunctions
import NLoptOptimizers
import QHostCalling
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Optimizers of libraries, by description")
struct ForeignOptimizerTests {
  private static func has(_ library: String) -> Bool {
    (try? SharedLibrary([library])) != nil
  }

  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Documentation").path()

  private let problem = Problem(
    queries: [.points, .gradient], initial: [-1.2, 1], lower: [-3, -3], upper: [3, 4],
    scales: [0.5, 0.5])

  private func finished<Kind: LoopOptimizerComponent>(
    _ kind: Kind.Type, _ file: String, budget: Int = 400
  ) throws -> LoopRun {
    try LoopRun.finished(kind, problem, ["file": .text(file)], budget: budget, rosenbrock)
  }

  @Test(
    "NLopt by description asks for the very points that it is asked for by its own plugin",
    .enabled(if: has("libnlopt.so.0"), "NLopt is not installed: libnlopt0"),
    arguments: ["bobyqa", "crs2"])
  func nlopt(_ algorithm: String) throws {
    let described = try finished(
      ForeignOptimizer.self, "\(Self.examples)/nlopt-\(algorithm).yaml")
    let choice = try #require(
      NLopt.descriptor.parameters.first { $0.name == "algorithm" }?.choices
        .firstIndex { $0.name == algorithm })
    let own = try LoopRun.finished(
      NLopt.self, problem, ["algorithm": .choice(algorithm, index: choice)], budget: 400, rosenbrock
    )
    #expect(described.points == own.points && described.reason == own.reason)
    #expect(described.points.count > 50)
    let short = try finished(
      ForeignOptimizer.self, "\(Self.examples)/nlopt-\(algorithm).yaml", budget: 20)
    #expect(short.points == Array(own.points.prefix(20)) && short.lateCount == 0)
  }

  @Test(
    "liblbfgs, for which nobody has written an adapter, follows gradients to the minimum",
    .enabled(if: has("liblbfgs.so.0"), "liblbfgs is not installed: liblbfgs0"))
  func liblbfgs() throws {
    let file = "\(Self.examples)/liblbfgs.yaml"
    let run = try finished(ForeignGradientOptimizer.self, file)
    #expect(run.best < 1e-9 && run.kinds == [.gradient] && run.reason == .converged)
    let short = try finished(ForeignGradientOptimizer.self, file, budget: 5)
    #expect(short.points == Array(run.points.prefix(5)) && short.lateCount == 0)
  }

  /// A library that tries points about its start, and needs work memory.
  private static let source = """
    #include <string.h>
    typedef int (*loss_function)(int n, double *x, double *f, void *data);
    int search(loss_function loss, int n, double *x, double *work, int *counts, const char *mode) {
      double best, f;
      if (strcmp(mode, "down") != 0 || counts[n] != 0 || work[3 * n + 1] != 0) return -7;
      if (loss(n, x, &best, 0) < 0) return 5;
      for (int round = 0; round < 40; round++)
        for (int i = 0; i < n; i++)
          for (int side = -1; side <= 1; side += 2) {
            memcpy(work, x, n * sizeof *x);
            work[i] += side / (1.0 + round);
            if (loss(n, work, &f, 0) < 0) return 5;
            if (f < best) best = f, memcpy(x, work, n * sizeof *x), counts[0]++;
          }
      return counts[0] > 0;
    }
    """

  private static func description(_ change: (String, String)? = nil) -> String {
    let text = """
      library: LIBRARY
      callbacks:
        evaluate: {function: "int loss(int n, double *x, double *f, void *data)", returns: 0, stopped: -1}
      calls:
        - function: int search(void *loss, int n, double *x, double *work, int *counts, const char *mode)
          arguments: [evaluate, n, x, {double: 3*n + 2}, {int: n + 1}, {text: down}]
          converged: [1]
          stalled: [0]
      """
    return change.map { text.replacing($0.0, with: $0.1) } ?? text
  }

  private func file(_ text: String, _ library: ForeignLibrary) throws -> String {
    let path = (library.path as NSString).deletingLastPathComponent + "/optimizer.yaml"
    try text.replacing("LIBRARY", with: library.path)
      .write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("Work memory, texts, losses by address, and a result that stops the library")
  func ownLibrary() throws {
    let library = try ForeignLibrary(Self.source)
    let path = try file(Self.description(), library)
    let run = try finished(ForeignOptimizer.self, path)
    #expect(run.best < run.losses[0] / 2 && run.losses.count == 161 && run.reason == .converged)
    let short = try finished(ForeignOptimizer.self, path, budget: 9)
    #expect(short.losses.count == 9 && short.lateCount == 0)
  }

  @Test(
    "What a description says wrongly is refused with its line",
    arguments: [
      (("calls:", "call:"), "did you mean 'calls'?"),
      (("arguments: [evaluate,", "arguments: [lost,"), "no argument 'lost'"),
      (("evaluate", "loss"), "'loss' cannot be a name"),
      (("[evaluate, n, x,", "[evaluate, n,"), "takes 6 arguments and is given 5"),
      (("[evaluate, n, x,", "[n, evaluate, x,"), "argument 1 of 'search'"),
      (("3*n + 2", "3^n"), "'3^n' is not a number of elements"),
      (("int search(", "int find("), "no function 'find'"),
      (("int search(void", "long search(void"), "by its debug information"),
      (("converged: [1]", "converged: [2]"), "returned 1, which is none of [0, 2]"),
      (("{text: down}", "{text: up}"), "returned -7"),
      (("double *f", "double *value_of"), "no callback gives the loss"),
      (("stopped: -1", "stopped: 0.5"), "0.5"),
      (("LIBRARY", "libnothere.so"), "cannot be loaded"),
      (("library: LIBRARY", "library: LIBRARY\ngradient: true"), "foreign-gradient"),
    ] as [((String, String), String)])
  func wrong(_ change: (String, String), _ words: String) throws {
    let library = try ForeignLibrary(Self.source)
    let path = try file(Self.description(change), library)
    let error = #expect(throws: ComponentError.self) {
      try finished(ForeignOptimizer.self, path)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
