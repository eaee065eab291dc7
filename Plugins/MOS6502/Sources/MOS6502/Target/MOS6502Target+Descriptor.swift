public import QHostInterfaces

extension MOS6502Target {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "6502",
    summary: "Machine code for the MOS 6502, exact in whole numbers, run in an emulator.",
    source: "MOS Technology, MCS6500 Microcomputer Family Programming Manual (1976)",
    parameters: [
      .choice(
        "machine", default: "atari800",
        of: Machine.all.map { .init($0.name, $0.documentation) },
        "The computer whose milliseconds are reported; files are made for all that have room."),
      .integer(
        "max_bytes", default: 24_576, in: 1...61_440, unit: "B",
        "The most bytes of code, tables and variables outside of page 0."),
      .integer(
        "max_cycles", default: 0, in: 0...100_000_000,
        "The most cycles that any calibration row may take; 0: any number."),
      .integer(
        "input_bits", default: 0, in: 0...7,
        "Bits of an input where the model has real numbers; 0: 4 above 32 inputs, else 6."),
      .integer(
        "weight_bits", default: 5, in: 2...8, tunable: true,
        "Bits of a weight where the model has real numbers, the sign included."),
      .integer(
        "activation_bits", default: 4, in: 1...6, tunable: true,
        "Bits of a hidden unit where the model has real numbers."),
    ])
}
