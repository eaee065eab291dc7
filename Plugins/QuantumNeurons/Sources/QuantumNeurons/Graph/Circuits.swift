/// The circuits that are ready by name, as texts of ``GraphReader``.
///
/// Couplings are those of Dorozhinsky and Pavlovsky (arXiv 1806.09664) where it gives them; the strengths within gates
/// cannot be read in its figures and are the plugin's own.
package struct Circuit: Sendable {
  /// The name on the command line.
  package let name: String
  /// One sentence.
  package let documentation: String
  /// The graph.
  package let text: String
  /// Whether the output is on, for rows of inputs; `nil`: it has no table.
  package let table: (@Sendable ([Bool]) -> Bool)?

  /// All of them, in the order of their documentation.
  package static let all: [Circuit] = [
    single, pair, chain, and, or, not, xor, verticalLine, verticalLinePaper, digits,
  ]

  /// That of a name.
  package static func named(_ name: String) -> Circuit? { all.first { $0.name == name } }

  private static let single = Circuit(
    name: "single", documentation: "One neuron that follows its input (figures 4 and 5).",
    text: """
      input a
      output neuron
      coupling e 6000 0 12000
      a -> neuron e
      """, table: { $0[0] })

  private static let pair = Circuit(
    name: "pair", documentation: "Two neurons, the second excited by the first.",
    text: """
      input a
      neuron first
      output second
      coupling e1 10000 0 20000
      coupling e2 5000 0 10000
      a -> first e1
      first -> second e2
      """, table: { $0[0] })

  private static let chain = Circuit(
    name: "chain", documentation: "Three neurons in a row (figures 6 to 8).",
    text: """
      input a
      neuron first second
      output third
      coupling e1 15000 0 30000
      coupling e2 10000 0 20000
      coupling e3 5000 0 10000
      a -> first e1
      first -> second e2
      second -> third e3
      """, table: { $0[0] })

  private static let and = Circuit(
    name: "and", documentation: "On if both inputs are (figures 10 and 11).",
    text: """
      input a b
      neuron left right
      output both
      coupling e 8000 0 16000
      coupling w 2500 0 10000
      a -> left e
      b -> right e
      left -> both w
      right -> both w
      modulate b
      """, table: { $0[0] && $0[1] })

  private static let or = Circuit(
    name: "or", documentation: "On if any input is (figures 15 and 17).",
    text: """
      input a b
      neuron left right
      output any
      coupling e 8000 0 16000
      coupling w 6000 0 12000
      coupling i 50000 0 100000
      a -> left e
      b -> right e
      left -> any w
      right -> any w
      left -| right i
      modulate b
      """, table: { $0[0] || $0[1] })

  private static let not = Circuit(
    name: "not",
    documentation:
      "Off if input a is; the neuron is always driven by a second one (figures 13 and 14).",
    text: """
      input a
      always one
      neuron first
      output second
      coupling e1 8000 0 16000
      coupling e2 5000 0 10000
      coupling i 50000 0 150000
      a -> first e1
      one -> second e2
      first -| second i
      modulate i
      """, table: { !$0[0] })

  private static let xor = Circuit(
    name: "xor", documentation: "On if one input is and the other is not (figures 16 and 18).",
    text: """
      input a b
      neuron both left right
      output either
      coupling e1 3000 0 12000
      coupling e2 10000 0 20000
      coupling w 6000 0 12000
      coupling i 50000 0 100000
      a -> both e1
      b -> both e1
      a -> left e2
      b -> right e2
      left -> either w
      right -> either w
      left -| right i
      both -| either i
      modulate b
      """, table: { $0[0] != $0[1] })

  private static let verticalLine = Circuit(
    name: "vertical-line",
    documentation: "Finds a vertical line in any column of a 4x4 image, and nothing else.",
    text: """
      image pixel 4 4
      sheet seen 2 4
      output line
      coupling e 1600 0 4000
      coupling i 50000 0 100000
      coupling w 5000 0 10000
      convolve pixel -> seen 0 e 0 / 0 e 0 / 0 e 0
      convolve pixel -| seen i i i 0 i i i / i i i 0 i i i / i i i 0 i i i / i i i 0 i i i / \
      i i i 0 i i i / i i i 0 i i i / i i i 0 i i i
      dense seen -> line w
      """, table: isLine)

  private static let verticalLinePaper = Circuit(
    name: "vertical-line-3x3",
    documentation: "The paper's detector: kernels of 3x3 without padding (figures 19 and 20).",
    text: """
      image pixel 4 4
      sheet seen 2 2
      output line
      coupling e 2000 0 4000
      coupling i 15000 0 30000
      coupling w 4000 0 8000
      convolve pixel -> seen 0 e 0 / 0 e 0 / 0 e 0
      convolve pixel -| seen i 0 i / i 0 i / i 0 i
      dense seen -> line w
      """, table: isLine)

  private static let digits = Circuit(
    name: "digits",
    documentation:
      "Ten neurons that 784 pixels drive, each by a coupling of its own (section 4.2).",
    text: """
      image pixel 28 28
      sheet digit 1 10
      output digit
      dense pixel -> digit each 0 1 0.1
      """, table: nil)

  /// Whether the pixels that are on are those of one column.
  @Sendable private static func isLine(_ pixels: [Bool]) -> Bool {
    (0..<4).contains { column in
      pixels.indices.allSatisfy { pixels[$0] == ($0 % 4 == column) }
    }
  }
}
