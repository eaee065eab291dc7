public import QHostInterfaces

extension C99Target {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "c99",
    summary: "One C source and header for a network, without allocation, also for small machines.",
    source: "ISO/IEC 9899:1999; ONNX operators, set 17",
    parameters: [
      .text(
        "name", default: "network",
        "What the files are called, and what the names of functions begin with."),
      .boolean(
        "main", default: false, "Whether there is a main.c that reads rows and prints outputs."),
      .choice(
        "inputs", default: "raw",
        of: [
          .init("raw", "Rows of the dataset's own numbers: the scaling is in the code."),
          .init("scaled", "Rows that are scaled as in the training."),
        ], "What the code takes, and what it gives where numbers are learnt."),
      .boolean(
        "learn", default: false,
        "Whether the code learns on from rows and their classes; for integer-mlp with scale = power."
      ),
      .integer(
        "memory_rows", default: 160, in: 1...16_384,
        "Rows that it keeps and learns from, with learn."
      ),
      .integer(
        "visits", default: 4, in: 1...1_000_000,
        "Numbers that it looks at for each row, with learn: each costs two losses on all kept rows."
      ),
      .text(
        "columns", default: "", "The names of the inputs, one a line; empty: the dataset's."),
      .text(
        "outputs", default: "",
        "The names of the outputs or classes, one a line; empty: the dataset's."),
      .text("compiler", default: "cc", "The C compiler that is used to run the code here."),
      .text("flags", default: "-O2", "What that compiler is given, with spaces between."),
    ])
}
