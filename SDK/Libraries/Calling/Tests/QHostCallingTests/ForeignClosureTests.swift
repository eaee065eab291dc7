import Foundation
import QHostCalling
import Testing

@Suite("Closures as functions of C")
struct ForeignClosureTests {
  private struct Refusal: Error, Equatable { let number: Int }

  private static let comparison = Signature(.pointer, .pointer, returning: .int32)

  private func sort(_ values: inout [Int32], by closure: ForeignClosure) throws {
    let sort = try SharedLibrary(["libc.so.6"]).function(
      "qsort", Signature(.pointer, .uint64, .uint64, .pointer, returning: .void))
    let count = values.count
    values.withUnsafeMutableBytes { bytes in
      _ = sort(
        .pointer(bytes.baseAddress), .uint64(UInt64(count)), .uint64(4), .pointer(closure.address))
    }
  }

  private func number(_ value: CValue) throws -> Int32 {
    try #require(value.address).load(as: Int32.self)
  }

  @Test("qsort sorts by a closure, which sees variables around it")
  func sorting() throws {
    var calls = 0
    var isDescending = false
    let closure = try ForeignClosure(Self.comparison, onFailure: .int32(0)) { arguments in
      calls += 1
      let (a, b) = (try number(arguments[0]), try number(arguments[1]))
      let order: Int32 = a < b ? -1 : a > b ? 1 : 0
      return .int32(isDescending ? -order : order)
    }
    let shuffled = (0..<500).map { Int32(($0 * 211) % 500) - 250 }
    var values = shuffled
    try sort(&values, by: closure)
    #expect(values == shuffled.sorted())
    isDescending = true
    try sort(&values, by: closure)
    #expect(values == shuffled.sorted(by: >))
    #expect(calls >= 2 * 499)
    #expect(closure.failure == nil)
  }

  @Test("An error does not unwind: it is kept, and the body is not called again")
  func errors() throws {
    var calls = 0
    let closure = try ForeignClosure(Self.comparison, onFailure: .int32(0)) { _ in
      calls += 1
      if calls == 3 { throw Refusal(number: calls) }
      return .int32(1)
    }
    var values = (0..<50).map { Int32($0) }
    try sort(&values, by: closure)
    #expect(closure.failure as? Refusal == Refusal(number: 3))
    #expect(calls == 3)
    let function = try ForeignFunction(at: closure.address, Self.comparison)
    #expect(function(.pointer(nil), .pointer(nil)) == .int32(0))
    #expect(calls == 3)
  }

  @Test("Closures of one signature are functions of their own")
  func several() throws {
    let signature = Signature(.double, returning: .double)
    let closures = try (0..<100).map { factor in
      try ForeignClosure(signature, onFailure: .double(.nan)) {
        .double(Double(factor) * $0[0].real)
      }
    }
    #expect(Set(closures.map(\.address)).count == closures.count)
    for (factor, closure) in closures.enumerated() {
      let function = try ForeignFunction(at: closure.address, signature)
      #expect(function(.double(0.5)) == .double(Double(factor) / 2))
    }
  }

  @Test("A closure lets go of what it holds")
  func release() throws {
    final class Witness {}
    weak var witness: Witness?
    do {
      let held = Witness()
      witness = held
      let signature = Signature(returning: .int32)
      let closure = try ForeignClosure(signature, onFailure: .int32(0)) { _ in
        withExtendedLifetime(held) { .int32(7) }
      }
      #expect(try ForeignFunction(at: closure.address, signature)() == .int32(7))
    }
    #expect(witness == nil)
  }
}
