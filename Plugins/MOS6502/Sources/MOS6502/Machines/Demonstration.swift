internal import QHostInterfaces

/// A network's code with a program around it that shows one input and its class on the screen.
public struct Demonstration: Sendable {
  /// The whole program as text.
  public let source: Program
  /// The machine code; `main` is where it starts.
  public let code: AssembledProgram
  let machine: Machine

  /// Adds the program to a network's code.
  ///
  /// - Parameters:
  ///   - network: made for the machine's origin.
  ///   - sample: levels [F].
  ///   - width: inputs a line on the screen.
  ///   - maximum: the largest level.
  ///   - machine: where it runs.
  /// - Throws: when it does not fit below $FFFF.
  public init(
    _ network: NetworkProgram, sample: [UInt8], width: Int, maximum: Int, machine: Machine
  ) throws(AssemblyError) {
    var program = network.source
    try program.parse(Self.main(sample.count, width, machine))
    program.label("shades")
    let shades = Array(" .+*#".utf8)
    program.bytes(
      (0...maximum).map { shades[$0 == 0 ? 0 : 1 + ($0 - 1) * (shades.count - 1) / maximum] })
    program.label("words")
    program.bytes(Array("CLASS ".utf8) + [0])
    program.label("sample")
    program.bytes(sample)
    program.label("saved")
    program.reserve(MemoryPlan.pageZero.count)
    source = program
    code = try program.assembled()
    self.machine = machine
  }

  /// Page 0 belongs to the system: it is saved and brought back.
  private static func main(_ count: Int, _ width: Int, _ machine: Machine) -> String {
    let first = MemoryPlan.pageZero.lowerBound
    let size = MemoryPlan.pageZero.count
    return """
      main:
      \(machine.interrupts.stop)
        ldx #0
      save:
        lda \(first),x
        sta saved,x
        inx
        cpx #\(size)
        bne save
      \(copy(count))
        jsr infer
        sta class
        ldx #0
      restore:
        lda saved,x
        sta \(first),x
        inx
        cpx #\(size)
        bne restore
      \(machine.interrupts.allow)
      \(draw(count, width, machine.newline))
      \(say(machine.newline))
      \(machine.farewell)
      putc:
      \(machine.putCharacter)
      class: .res 1
      rows: .res 1
      columns: .res 1
      place: .res 1
      """
  }

  /// Copies the sample to the network's input, page by page.
  private static func copy(_ count: Int) -> String {
    stride(from: 0, to: count, by: 256).map { start in
      let size = min(256, count - start)
      return """
          ldx #0
        copy\(start):
          lda sample+\(start),x
          sta input+\(start),x
          inx
          cpx #\(size & 0xFF)
          bne copy\(start)
        """
    }.joined(separator: "\n")
  }

  private static func draw(_ count: Int, _ width: Int, _ newline: Int) -> String {
    """
      lda #\(count / width)
      sta rows
    line:
      lda #\(width)
      sta columns
    pixel:
      ldx sample
      lda shades,x
      jsr putc
      inc pixel+1
      bne samepage
      inc pixel+2
    samepage:
      dec columns
      bne pixel
      lda #\(newline)
      jsr putc
      dec rows
      bne line
    """
  }

  private static func say(_ newline: Int) -> String {
    """
      lda #0
      sta place
    word:
      ldx place
      lda words,x
      beq number
      jsr putc
      inc place
      bne word
    number:
      lda class
      ldx #48
    tens:
      cmp #10
      bcc ones
      sbc #10
      inx
      bne tens
    ones:
      sta class
      cpx #48
      beq one
      txa
      jsr putc
    one:
      lda class
      clc
      adc #48
      jsr putc
      lda #\(newline)
      jsr putc
    """
  }
}
