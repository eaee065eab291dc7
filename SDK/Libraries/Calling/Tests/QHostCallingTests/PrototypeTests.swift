import QHostCalling
import Testing

@Suite("Declarations of C")
struct PrototypeTests {
  @Test(
    "Types and names are read as C has them",
    arguments: [
      ("double(const double *x, int n)", "double(double *, int)", ["x", "n"]),
      ("double rosen (int n, const double* restrict x);", "double(int, double *)", ["n", "x"]),
      ("float f(float x[], size_t)", "float(float *, unsigned long)", ["x", ""]),
      (
        "unsigned long long int g(unsigned, long, int8_t a)",
        "unsigned long(unsigned int, long, signed char)", ["", "", "a"]
      ),
      ("void *h(void)", "void *(void)", []), ("void h()", "void(void)", []),
      ("double(void *data, double **rows)", "double(void *, double **)", ["data", "rows"]),
    ])
  func reading(_ text: String, _ spelling: String, _ names: [String]) throws {
    let prototype = try Prototype(parsing: text)
    #expect(prototype.description == spelling)
    #expect(prototype.arguments.map(\.name) == names)
    #expect(prototype.signature.arguments == prototype.arguments.map(\.kind.type))
    #expect(try Prototype(parsing: spelling).agrees(with: prototype))
  }

  @Test(
    "What cannot be passed, and what is not a declaration, is refused with the reason",
    arguments: [
      ("int printf(const char *, ...)", "variable arguments"), ("double(struct s)", "struct"),
      ("double(long double)", "long double"), ("double(void x)", "is void"),
      ("double(foo x)", "'foo'"), ("double(int", "its end"), ("double(int) x", "'x'"),
      ("(int)", "where a type"), ("", "its end"), ("double(int,)", "')'"),
    ])
  func refusals(_ text: String, _ words: String) {
    do {
      let prototype = try Prototype(parsing: text)
      Issue.record("'\(text)' was read as \(prototype)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }

  @Test("Pointers to anything fit pointers to something")
  func agreement() throws {
    let any = try Prototype(parsing: "double(void *x)")
    let double = try Prototype(parsing: "double(double *x)")
    let float = try Prototype(parsing: "double(float *x)")
    #expect(any.agrees(with: double) && double.agrees(with: any))
    #expect(!float.agrees(with: double))
    #expect(try !double.agrees(with: Prototype(parsing: "double(double *x, int n)")))
  }

  @Test("A prepared call gives what a checked one gives, with new arguments each time")
  func prepared() throws {
    let library = try SharedLibrary(["libm.so.6"])
    let scale = try library.function("scalbn", Signature(.double, .int32, returning: .double))
    let call = PreparedCall(scale)
    call.set(1, to: .int32(-2))
    for x in [3.0, -1, 0.5] {
      call.set(0, toDouble: x)
      call.call()
      #expect(call.double == scale(.double(x), .int32(-2)).real)
      #expect(call.result == .double(call.double))
    }
  }
}
