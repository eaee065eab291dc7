import MOS6502
import Testing

@Suite("The processor")
struct ProcessorTests {
  @Test(
    "agrees with 30,200 single-step tests in state and cycles",
    .enabled(
      if: SingleStepVectors.isPresent, "mos6502/single-step-tests.bin.xz is not in QHOST_DATA"))
  func singleSteps() throws {
    var vectors = try SingleStepVectors()
    var (count, failures) = (0, 0)
    while let record = vectors.next() {
      count += 1
      let memory = Memory()
      for byte in record.before.bytes { memory[byte.address] = byte.value }
      var processor = Processor(memory, registers: record.before.registers)
      _ = processor.run(until: 0, limit: 1)
      let isSame =
        processor.registers == record.after.registers
        && processor.cycles == UInt64(record.cycleCount)
        && record.after.bytes.allSatisfy { memory[$0.address] == $0.value }
      guard !isSame else { continue }
      failures += 1
      if failures < 10 {
        Issue.record(
          "\(record.name): \(processor.registers), \(processor.cycles) cycles instead of \(record.after.registers), \(record.cycleCount)"
        )
      }
    }
    #expect(count == 30_200)
    #expect(failures == 0)
  }

  @Test("adds in decimal mode by the published rules, for all operands")
  func decimalAddition() {
    let memory = Memory()
    let mismatches = DecimalRules.operands.count { a, b, carry in
      run(memory, 0x69, a, b, carry) != DecimalRules.sum(a, b, carry)
    }
    #expect(mismatches == 0)
  }

  @Test("subtracts in decimal mode by the published rules, for all operands")
  func decimalSubtraction() {
    let memory = Memory()
    let mismatches = DecimalRules.operands.count { a, b, carry in
      run(memory, 0xE9, a, b, carry) != DecimalRules.difference(a, b, carry)
    }
    #expect(mismatches == 0)
  }

  private func run(
    _ memory: Memory, _ opcode: UInt8, _ a: Int, _ b: Int, _ carry: Int
  ) -> DecimalRules.Outcome {
    memory[0x200] = opcode
    memory[0x201] = UInt8(b)
    var processor = Processor(
      memory, registers: Registers(pc: 0x200, a: UInt8(a), p: UInt8(0x28 | carry)))
    _ = processor.run(until: 0x202, limit: 2)
    return DecimalRules.Outcome(a: processor.registers.a, flags: processor.registers.p & 0xC3)
  }

  @Test("stops at an undocumented opcode and says where")
  func undocumented() {
    let memory = Memory()
    memory.load([0xEA, 0x02], at: 0x300)
    var processor = Processor(memory, registers: Registers(pc: 0x300))
    #expect(processor.run(until: 0x400, limit: 100) == .undocumented(opcode: 2, at: 0x301))
    #expect(processor.cycles == 2)
  }

  @Test("stops when its cycles are used up, and counts them by instruction in a profile")
  func limitsAndProfiles() {
    let memory = Memory()
    memory.load([0xE8, 0x4C, 0x00, 0x03], at: 0x300)
    var processor = Processor(memory, registers: Registers(pc: 0x300))
    var profile = [UInt64](repeating: 0, count: Memory.byteCount)
    let stop = profile.withUnsafeMutableBufferPointer {
      processor.run(until: 0, limit: 500, profile: $0)
    }
    #expect(stop == .limit)
    #expect(profile[0x300] == 200 && profile[0x301] == 300)
    #expect(processor.registers.x == 100)
  }
}
