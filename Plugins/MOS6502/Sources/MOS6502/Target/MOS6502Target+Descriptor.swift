public import QHostInterfaces

extension MOS6502Target {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "6502",
    summary: "Machine code for the MOS 6502, exact in integers, run in an emulator.",
    source: "MOS Technology, MCS6500 Microcomputer Family Programming Manual (1976)",
    parameters: [
      .choice(
        "machine", default: "atari800",
        of: Machine.all.map { .init($0.name, $0.documentation) },
        "The computer whose milliseconds are reported; files are made for all that have room."),
      .choice(
        "inputs", default: "raw",
        of: [
          .init("raw", "Rows of the dataset's own numbers: a routine makes levels of them."),
          .init("scaled", "Rows that are scaled as in the training."),
        ], "What levels are made of, and what outputs are where numbers are learnt."),
      .text(
        "columns", default: "", "The names of the inputs, one a line; empty: the dataset's."),
      .text(
        "outputs", default: "",
        "The names of the outputs or classes, one a line; empty: the dataset's."),
      .positive(
        "byte_step", default: 0.1, upTo: 1e30,
        "What 1 of a byte stands for in the routine that makes levels of bytes: 0.1, tenths."),
      .real("byte_zero", default: 0, in: -1e30...1e30, "What the byte 0 stands for there."),
      .integer(
        "max_bytes", default: 24_576, in: 1...61_440, unit: "B",
        "The most bytes of code, tables and variables outside of page 0."),
      .integer(
        "max_cycles", default: 0, in: 0...100_000_000,
        "The most cycles that any calibration row may take; 0: any number."),
      .boolean(
        "learn", default: false,
        "Whether the program learns from rows and their classes as well; for integer-mlp with scale = power."
      ),
      .integer(
        "memory_rows", default: 64, in: 1...LearnerPlan.mostRows,
        "Rows that it keeps and learns from, with learn."),
      .integer(
        "visits", default: 4, in: 1...4_096,
        "Numbers that it looks at for each row, with learn: each costs two losses on all kept rows."
      ),
      .integer(
        "input_bits", default: 0, in: 0...7,
        "Bits of an input where the model has real numbers; 0: 4 above 32 inputs, else 6."),
      .integer(
        "weight_bits", default: 5, in: 2...8, tunable: true,
        "Bits of a weight where the model has real numbers, the sign included."),
      .integer(
        "activation_bits", default: 4, in: 1...6, tunable: true,
        "Bits of a hidden unit where the model has real numbers."),
      .text(
        "weights", default: "bits",
        "The weights of each layer, or of all, where the model has real numbers: ternary (-1, 0, 1), pow2 "
          + "(0, +-1, +-2, +-4), an odd number of levels around 0, or bits: as weight_bits says."),
      .choice(
        "tables", default: "4",
        of: [
          .init("1", "Steps of sums are powers of 2."),
          .init("2", "Powers of the root of 2."),
          .init("4", "Powers of its fourth root."),
        ], tunable: true,
        "Tables of 256 bytes that a hidden layer has at most, more or less, where the model has real "
          + "numbers: how finely the units' sums are scaled."),
      .boolean(
        "finetune", default: false,
        "Whether a model of real numbers is tuned further in whole ones, on all training rows."),
      .positive(
        "finetune_passes", default: 200, upTo: 1e6,
        "The budget for tuning: as many multiply-adds as this many passes over the training rows."),
      .integer(
        "finetune_rows", default: 8192, in: 256...1_000_000,
        "Rows of a minibatch; with no more rows than that there is none."),
      .real(
        "finetune_held_out", default: 0.1, in: 0.01...0.5,
        "The fraction of the training rows that chooses the network and takes no other part."),
      .real(
        "distillation", default: 0.3, in: 0...1,
        "The fraction of the goal that is the real model's outputs; the rest are the labels."),
      .real(
        "digit_cost", default: 0, in: 0...1,
        "What a signed digit of a weight (2 bytes, 3 cycles) adds to the loss while it is tuned."),
    ])
}
