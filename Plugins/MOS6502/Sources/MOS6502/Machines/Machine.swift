/// A computer with a 6502, and how a program gets onto it.
public struct Machine: Sendable {
  /// How a file is packed.
  enum Container: Sendable {
    /// Atari DOS: segments with their addresses, and an address to run.
    case xex
    /// Commodore: a load address, then a line of BASIC that calls the code.
    case prg
    /// Apple DOS 3.3: address and length; it starts at its first byte.
    case appleBinary
    /// Acorn: raw, with the addresses in a file beside.
    case acorn
  }

  /// The name on the command line.
  public let name: String
  /// What it is.
  public let documentation: String
  /// Cycles a second of its processor.
  public let clockHertz: Double
  /// Where the network begins.
  public let startAddress: Int
  /// The first address that a program cannot have.
  let end: Int
  let container: Container
  /// The end of the files' names.
  let suffix: String
  /// The code of `putc`, which writes the character in A.
  let putCharacter: String
  /// The character that ends a line.
  let newline: Int
  /// What stops interrupts while page 0 is in use, and lets them in again.
  let interrupts: (stop: String, allow: String)
  /// What comes after the prediction is shown.
  let farewell: String

  /// The milliseconds of so many cycles.
  public func milliseconds(_ cycles: Double) -> Double { cycles / clockHertz * 1000 }

  /// All machines.
  public static let all = [atari800, c64, apple2, bbc]

  /// A machine by its name.
  public static func named(_ name: String) -> Machine {
    all.first { $0.name == name } ?? atari800
  }
}
