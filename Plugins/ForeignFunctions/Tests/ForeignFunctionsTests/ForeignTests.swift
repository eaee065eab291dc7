import Foundation
import ForeignFunctions
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Functions of C as datasets")
struct ForeignTests {
  private static let source = """
    #include <stdlib.h>
    #include <string.h>
    double rosen(const double *x, int n) {
      double s = 0;
      for (int i = 0; i + 1 < n; i++) {
        double a = 1 - x[i], b = x[i + 1] - x[i] * x[i];
        s += a * a + 100 * b * b;
      }
      return s;
    }
    float plane(float a, double b, float c) { return a + 10 * (float)b + 100 * c; }
    long shorts(short n, float *x, void *data) { return data == NULL ? n + (long)x[0] : -1; }
    double twist(double *x, size_t n) { double y = x[0]; memset(x, 0, n * sizeof *x); return y; }
    double hole(const double *x, int n) { return n == 2 && x[0] < 0 ? 0.0 / 0.0 : x[0]; }
    double trap(const double *x, int n) { return *(volatile double *)(long)(n + 1) + x[0]; }
    double leave(const double *x, int n) { exit(n + (int)x[0]); }
    double forever(const double *x, int n) { volatile int go = 1; while (go) {} return x[0] + n; }
    double many(int n, ...) { return n; }
    struct pair { double a, b; };
    double byvalue(struct pair p) { return p.a; }
    double bowl(const double *x, int n) {
      double s = 0;
      for (int i = 0; i < n; i++) s += (i + 1) * x[i] * x[i];
      return s;
    }
    void bowl_slopes(const double *x, double *g, int n) {
      for (int i = 0; i < n; i++) g[i] = 2 * (i + 1) * x[i];
    }
    double both(int n, const double *x, double *grad, void *data) {
      if (grad) bowl_slopes(x, grad, n);
      return bowl(x, n);
    }
    double data = 1;
    """
  private let library: ForeignLibrary

  init() throws { library = try ForeignLibrary(Self.source) }

  @Test("An array and its length; several points and rows")
  func array() throws {
    let dataset = try library.dataset("rosen", dimension: 3)
    #expect(dataset.datasetDescription.output.count == 3)
    #expect(dataset.datasetDescription.outputLower == [-5, -5, -5])
    #expect(try dataset.losses([1, 1, 1]) == [0])
    let points = [0.5, -1, 2, 1, 1, 1.5]
    let expected = [0.25 + 100 * 1.25 * 1.25 + 4 + 100 * 1, 100 * 0.25]
    #expect(try dataset.losses(points, pointCount: 2) == expected)
    // [P × n × B]: the same two points as rows of one candidate.
    #expect(try dataset.losses([0.5, 1, -1, 1, 2, 1.5], rowCount: 2) == expected)
  }

  @Test("Single numbers, whole results, single precision, and a function that writes to its point")
  func shapes() throws {
    let plane = try library.dataset(
      "plane", "float(float, double, float)", lower: [0, -1, -2], upper: [1, 2, 3])
    #expect(plane.datasetDescription.outputUpper == [1, 2, 3])
    #expect(try plane.losses([1, 2, 3]) == [321])
    let shorts = try library.dataset("shorts", "long (short n, float x[], void *)", dimension: 7)
    #expect(try shorts.losses([41, 0, 0, 0, 0, 0, 0]) == [48])
    let twist = try library.dataset("twist", "double(double *x, size_t n)", dimension: 2)
    let point = [3.0, 4]
    #expect(try twist.losses(point) == [3] && point == [3, 4])
    #expect(try twist.losses([3, 4, 5, 6], pointCount: 2) == [3, 5])
  }

  @Test("The mathematical library needs no debug information")
  func mathematics() throws {
    let dataset = try Foreign(
      request: ComponentRequest(
        configuration: Configuration([
          "library": .text("libm.so.6"), "symbol": .text("cos"),
          "signature": .text("double cos(double x)"), "dimension": .integer(0),
          "lower": .reals([0]), "upper": .reals([6]), "threads": .choice("any", index: 1),
          "first_call": .real(0), "gradient": .text(""),
          "gradient_signature": .text("void(const double *x, double *g, int n)"),
        ]), host: TestHost()))
    #expect(try dataset.losses([2.5]) == [cos(2.5)])
  }

  @Test("What is not a number is infinitely bad, and said once")
  func notANumber() throws {
    let host = TestHost()
    let dataset = try library.dataset("hole", dimension: 2, host: host)
    #expect(try dataset.losses([-1, 0, 2, 0, -3, 0], pointCount: 3) == [.infinity, 2, .infinity])
    _ = try dataset.losses([-1, 0])
    #expect(host.log.count == 1)
    #expect(host.log.first?.contains("'hole'") == true)
  }

  @Test(
    "A first call that crashes, leaves or hangs ends a process of its own",
    arguments: [
      ("trap", "signal"), ("leave", "exit code 2"), ("forever", "within 0.2 s"),
    ])
  func firstCall(_ symbol: String, _ words: String) throws {
    let error = try #require(library.error(symbol, dimension: 2, firstCall: 0.2))
    #expect(error.message.contains("'\(symbol)'") && error.message.contains(words))
    #expect(error.kind == .plugin)
  }

  @Test(
    "Declarations that debug information contradicts are refused with the right one",
    arguments: [
      ("rosen", "double(const float *x, int n)", "double(double *, int)"),
      ("rosen", "double(const double *x, long n)", "double(double *, int)"),
      ("rosen", "float(const double *x, int n)", "double(double *, int)"),
      ("plane", "float(float, float, float)", "float(float, double, float)"),
      ("many", "double(const double *x, int n)", "double(int, ...)"),
      ("byvalue", "double(double a, double b)", "double(a struct of 16 bytes)"),
    ])
  func contradiction(_ symbol: String, _ declared: String, _ truth: String) throws {
    let error = try #require(library.error(symbol, declared, dimension: 2))
    #expect(error.kind == .parameter && error.message.contains("'\(truth)'"))
    let stripped = try ForeignLibrary(Self.source, options: ["-s"])
    #expect(stripped.error("rosen", "double(const double *x, int n)", dimension: 2) == nil)
  }

  @Test(
    "Declarations that leave something open are refused",
    arguments: [
      ("double(const double *x, int n)", 0, "set dimension"),
      ("double(const double *a, const double *b)", 2, "name the point x"),
      ("double(const double *x, int a, int b)", 2, "name the length of the point n"),
      ("double(const double *x, double y)", 2, "leave one of them out"),
      ("double(void)", 0, "takes no point"), ("double(const int *x, int n)", 2, "int *"),
      ("void(const double *x, int n)", 2, "returns no number"),
      ("double(double, double)", 3, "leave dimension out"),
      ("double(double, ...)", 0, "variable arguments"), ("double(struct p x)", 0, "struct"),
      ("long double(long double)", 0, "long double"), ("double(quad x)", 0, "'quad'"),
      ("double", 0, "its end"), ("double(signed char n, double *x)", 200, "does not fit"),
    ])
  func open(_ declared: String, _ dimension: Int, _ words: String) throws {
    let stripped = try ForeignLibrary("double rosen(void) { return 0; }", options: ["-s"])
    let error = try #require(stripped.error("rosen", declared, dimension: dimension))
    #expect(error.kind == .parameter)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test("Libraries, functions and bounds that are not there")
  func absent() throws {
    #expect(library.error("nothing", dimension: 2)?.message.contains("'nothing'") == true)
    #expect(library.error("", dimension: 2)?.message.contains("symbol is not set") == true)
    let bounds = library.error("rosen", dimension: 3, lower: [0, 1])
    #expect(bounds?.message.contains("2 numbers for 3 coordinates") == true)
    let crossed = library.error("rosen", dimension: 2, lower: [0, 6])
    #expect(crossed?.message.contains("coordinate 1") == true)
  }

  @Test("A gradient comes from a function of its own, or from an argument of the same one")
  func gradients() throws {
    let apart = try library.dataset("bowl", dimension: 3, gradient: "bowl_slopes")
    let both = try library.dataset(
      "both", "double(int n, const double *x, double *grad, void *data)", dimension: 3)
    for dataset in [apart, both] {
      #expect(dataset.datasetDescription.hasGradient)
      var gradient = [0.0, 0, 0]
      let loss = try [1.0, -1, 2].withUnsafeBufferPointer { point in
        try gradient.withUnsafeMutableBufferPointer {
          try dataset.gradient(.train, row: 0, outputs: point, gradient: $0)
        }
      }
      #expect(loss == 15 && gradient == [2, -4, 12])
    }
    #expect(try !library.dataset("bowl", dimension: 3).datasetDescription.hasGradient)
    let wrong = #expect(throws: ComponentError.self) {
      try library.dataset(
        "bowl", dimension: 3, gradient: "bowl_slopes", gradientSignature: "void(double *x, int n)")
    }
    #expect(wrong?.message.contains("gradient_signature") == true)
  }

  @Test("Calls from several threads at once give what calls from one give")
  func threads() throws {
    nonisolated(unsafe) let one = try library.dataset("rosen", dimension: 3)
    nonisolated(unsafe) let any = try library.dataset("rosen", dimension: 3, threads: "any")
    nonisolated(unsafe) var found = [[Double]](repeating: [], count: 64)
    let lock = NSLock()
    DispatchQueue.concurrentPerform(iterations: 64) { number in
      let point = [Double(number), 1, -2]
      let loss = (try? (number % 2 == 0 ? one : any).losses(point)) ?? []
      lock.withLock { found[number] = loss }
    }
    for number in 0..<64 {
      #expect(try found[number] == one.losses([Double(number), 1, -2]))
    }
  }
}
