/// Writes the header of a program's C source.
struct HeaderWriter {
  let program: Program
  let name: String
  let constantByteCount: Int
  let notes: InterfaceNotes
  /// What learns on; `nil`: nothing does.
  var learner: LearnerWriter?

  /// The type of an output's index.
  static func indexType(_ program: Program) -> String {
    program.outputCount < 65_536 ? "uint16_t" : "uint32_t"
  }

  private var macro: String { name.uppercased() }

  /// The header.
  var header: String {
    var text = SourceText()
    let shape = program.graph.values[0].shape.dropFirst().map(String.init)
    for line in [
      "/*",
      " * A trained network: \(program.inputCount) inputs, \(program.outputCount) outputs, "
        + "\(Literal.grouped(program.multiplyAdds)) multiply-adds.",
      " *",
      " * Nothing is allocated. Values between steps are kept in static arrays: one call at a time.",
      " * Compilers of C99 take it without a warning, also where int has 16 bits.",
      " */", "#ifndef \(macro)_H", "#define \(macro)_H", "", "#include <stdint.h>", "",
      "#ifdef __cplusplus", "extern \"C\" {", "#endif", "",
    ] { text.add(line) }
    text.add(notes.comment)
    for line in [
      "",
      "/* Numbers of a row\(shape.count > 1 ? ", \(shape.joined(separator: " x ")), the last axis contiguous" : ""). */",
      "#define \(macro)_INPUTS \(program.inputCount)",
      "#define \(macro)_OUTPUTS \(program.outputCount)",
      "/* Bytes of constants, and of static arrays. */",
      "#define \(macro)_CONSTANT_BYTES \(constantByteCount)",
      "#define \(macro)_BUFFER_BYTES \(bufferByteCount)", "",
    ] { text.add(line) }
    if program.core == nil {
      addReals(&text)
    } else {
      addWhole(&text)
    }
    for line in ["#ifdef __cplusplus", "}", "#endif", "", "#endif"] { text.add(line) }
    return text.text
  }

  private var bufferByteCount: Int {
    guard let plan = learner?.plan else {
      return program.bufferByteCount + program.edgeByteCount
    }
    return plan.learnedByteCount + plan.memoryByteCount + program.edgeByteCount
  }

  private func addReals(_ text: inout SourceText) {
    for line in [
      "/* Computes the outputs of a row; input and output must not overlap. */",
      "void \(name)_infer(const float *input, float *output);", "",
      "/* The index of the largest output, the first among equals: the class. */",
      "\(Self.indexType(program)) \(name)_largest(const float *output);", "",
    ] { text.add(line) }
  }

  private func addWhole(_ text: inout SourceText) {
    guard let core = program.core else { return }
    let highest = program.graph.values[core.levels].bounds.hull.upperBound
    let sums = program.types.type(core.sums).rawValue
    for line in [
      "/* The largest level of an input. */", "#define \(macro)_HIGHEST_LEVEL \(highest)", "",
      "/* Whether only the part in integers is wanted; cc65 has no float. */",
      "#if defined(__CC65__) && !defined(\(macro)_LEVELS_ONLY)",
      "#define \(macro)_LEVELS_ONLY", "#endif", "",
      "/*", " * Computes the whole outputs of a row of levels, 0 to \(macro)_HIGHEST_LEVEL.",
      " * The outputs of \(name)_infer are made of them.", " */",
      "void \(name)_levels(const uint8_t *levels, \(sums) *sums);", "",
      "/* The index of the largest of them, the first among equals: the class. */",
      "\(Self.indexType(program)) \(name)_largest_sum(const \(sums) *sums);", "",
    ] { text.add(line) }
    for line in learner?.declarations ?? [] { text.add(line) }
    text.add("#ifndef \(macro)_LEVELS_ONLY")
    addReals(&text)
    for line in learner?.realDeclarations ?? [] { text.add(line) }
    text.add("#endif\n")
  }
}
