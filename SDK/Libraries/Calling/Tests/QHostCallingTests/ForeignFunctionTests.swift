import Foundation
import QHostCalling
import Testing

@Suite("Functions of C found by name")
struct ForeignFunctionTests {
  private let mathematics: SharedLibrary

  init() throws { mathematics = try SharedLibrary(["libm.so.6"]) }

  @Test("A real function gives what the compiler's call gives")
  func real() throws {
    let cosine = try mathematics.function("cos", Signature(.double, returning: .double))
    for x in stride(from: -3.0, through: 3, by: 0.25) {
      #expect(cosine(.double(x)) == .double(cos(x)))
    }
    let root = try mathematics.function("sqrtf", Signature(.float, returning: .float))
    #expect(root(.float(2)) == .float(Float(2).squareRoot()))
  }

  @Test("Arguments of several types are each passed their own way")
  func mixed() throws {
    let scale = try mathematics.function("scalbn", Signature(.double, .int32, returning: .double))
    #expect(scale(.double(3), .int32(-2)) == .double(0.75))
    let split = try mathematics.function("frexp", Signature(.double, .pointer, returning: .double))
    var exponent: Int32 = 0
    let mantissa = withUnsafeMutablePointer(to: &exponent) { split(.double(40), .pointer($0)) }
    #expect(mantissa == .double(0.625))
    #expect(exponent == 6)
  }

  @Test("Functions without a result, without arguments, and with many of both kinds")
  func shapes() throws {
    var sum = 0.0
    let signature = Signature(
      .double, .int32, .double, .int64, .double, .double, .double, .double, .double, .double,
      .double, .int8, .int16, .uint8, .uint16, .uint32, .uint64, returning: .void)
    let closure = try ForeignClosure(signature, onFailure: .void) { arguments in
      for place in signature.arguments.indices {
        let value = arguments[place]
        let isReal = signature.arguments[place] == .double
        sum += Double(place + 1) * (isReal ? value.real : Double(value.integer))
      }
      return .void
    }
    let function = try ForeignFunction(at: closure.address, signature)
    function(
      .double(1), .int32(-2), .double(3), .int64(-4), .double(5), .double(6), .double(7),
      .double(8), .double(9), .double(10), .double(11), .int8(-12), .int16(-13), .uint8(14),
      .uint16(15), .uint32(16), .uint64(17))
    let values: [Double] = [1, -2, 3, -4, 5, 6, 7, 8, 9, 10, 11, -12, -13, 14, 15, 16, 17]
    #expect(sum == values.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element })

    let process = try SharedLibrary(["libc.so.6"]).function("getpid", Signature(returning: .int32))
    #expect(process().integer == Int(getpid()))
  }

  @Test("A library that is not there is named, with the remedy")
  func absentLibrary() {
    let error = #expect(throws: CallError.self) {
      try SharedLibrary(["libno-such-thing.so.7", "libno-such-thing.so"])
    }
    let text = error?.description ?? ""
    #expect(text.contains("'libno-such-thing.so.7' or 'libno-such-thing.so' cannot be loaded"))
    #expect(text.contains("install it"))
  }

  @Test("The first of several names that is there is taken")
  func names() throws {
    #expect(try SharedLibrary(["libno-such-thing.so", "libm.so.6"]).name == "libm.so.6")
  }

  @Test("A function that is not there is named, with its library")
  func absentFunction() {
    let error = #expect(throws: CallError.self) {
      try mathematics.function("cosinus", Signature(.double, returning: .double))
    }
    #expect(error == .symbolAbsent(name: "cosinus", library: "libm.so.6"))
  }

  @Test("A type that cannot be passed is refused")
  func impossible() {
    let signature = Signature(.void, returning: .double)
    let error = #expect(throws: CallError.self) { try mathematics.function("cos", signature) }
    #expect(error == .unsupported(signature))
    #expect(error?.description.contains("double (void)") == true)
  }
}
