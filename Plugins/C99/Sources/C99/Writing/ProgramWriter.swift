/// Writes a program's C source.
struct ProgramWriter {
  let program: Program
  /// The prefix of all that others see.
  let name: String
  /// What learns on; `nil`: the numbers stay as they are.
  let learner: LearnerPlan?
  private var core: LoopWriter
  private var edges: LoopWriter
  /// By loop, the function's name.
  private var functions: [String] = []
  /// By loop, bytes of its constants.
  private(set) var constantBytes: [Int] = []

  var macro: String { name.uppercased() }
  var flash: String { macro + "_FLASH" }

  /// Bytes of all constants.
  var constantByteCount: Int {
    (learner?.constantByteCount ?? core.pool.byteCount) + edges.pool.byteCount
  }

  init(_ program: Program, name: String, learner: LearnerPlan? = nil) {
    (self.program, self.name, self.learner) = (program, name, learner)
    let parts = [
      "infer", "largest", "levels", "largest_sum", "learn", "learn_levels", "remember", "improve",
    ].map { "\(name)_\($0)" }
    let names = NameTable(
      taken: parts + Self.bufferNames
        + (learner.map { LearnerWriter.names($0.network) } ?? []))
    let flash = name.uppercased() + "_FLASH"
    core = LoopWriter(program.graph, program.types, flash: flash, names: names)
    edges = core
    for (index, loop) in program.loops.enumerated() {
      let before = core.pool.byteCount + edges.pool.byteCount
      if isEdge(index) {
        functions.append(edges.write(loop))
        core.names = edges.names
      } else {
        functions.append(core.write(loop))
        edges.names = core.names
      }
      constantBytes.append(core.pool.byteCount + edges.pool.byteCount - before)
    }
  }

  /// Whether a loop belongs to what is left out where there are no reals.
  private func isEdge(_ index: Int) -> Bool {
    program.core != nil && (index == 0 || index == program.loops.count - 1)
  }

  private static let arenas: [CType] = [
    .float, .uint8, .int8, .int16, .uint16, .int32, .uint32,
  ]
  private static let bufferNames =
    arenas.map { bufferName($0) } + ["level_buffer", "sum_buffer"]

  private static func bufferName(_ type: CType) -> String { "\(type)_buffer" }

  /// The source file.
  var source: String {
    var text = SourceText()
    for line in [
      "/* Written by qhost's target c99; \(name).h says what is in it. */",
      "#include \"\(name).h\"", "",
    ] { text.add(line) }
    addIncludes(core, &text)
    for line in [
      "/* What is put before the type of constants: for example __flash, with avr-gcc. */",
      "#ifndef \(flash)", "#define \(flash)", "#endif", "",
      "/* Counts elements. */",
      "typedef uint_fast\(mostElements < 65_536 ? 16 : 32)_t position;", "",
    ] { text.add(line) }
    if let learnerWriter {
      text.add(learnerWriter.source)
      addLargestSum(&text)
    } else {
      text.add(core.pool.definitions(flash: flash))
      addBuffers(&text)
      text.add(core.text)
      if program.core != nil { addCore(&text) }
    }
    if program.core != nil { addGuard(&text) }
    addIncludes(edges, &text)
    text.add(edges.pool.definitions(flash: flash))
    if program.core != nil {
      addArray(program.core?.levels ?? 0, "level_buffer", &text)
      addArray(program.core?.sums ?? 0, "sum_buffer", &text)
      text.add("")
    }
    text.add(edges.text)
    addInference(&text)
    if let core = program.core, let learnerWriter {
      learnerWriter.addReals(call(0, [0: "input", core.levels: "level_buffer"]), &text)
    }
    addLargest("largest", "float", "output", &text)
    if program.core != nil { text.add("#endif") }
    return text.text
  }

  private func addGuard(_ text: inout SourceText) { text.add("#ifndef \(macro)_LEVELS_ONLY\n") }

  private func addIncludes(_ writer: LoopWriter, _ text: inout SourceText) {
    let all = writer.text.text
    var isAny = false
    if all.contains("FLT_MAX") {
      text.add("#include <float.h>")
      isAny = true
    }
    let functions = [
      "tanhf(", "sinf(", "cosf(", "expf(", "logf(", "sqrtf(", "erff(", "fabsf(", "floorf(",
      "rintf(",
    ]
    if functions.contains(where: { all.contains($0) }) {
      text.add("#include <math.h>")
      isAny = true
    }
    if isAny { text.add("") }
  }

  private func addBuffers(_ text: inout SourceText) {
    guard !program.buffers.sizes.isEmpty else { return }
    text.add("/* Values between steps; a part is used again once nothing needs it any more. */")
    for type in Self.arenas {
      guard let size = program.buffers.sizes[type] else { continue }
      text.add("static \(type.rawValue) \(Self.bufferName(type))[\(size)];")
    }
    text.add("")
  }

  private func addArray(_ value: Int, _ name: String, _ text: inout SourceText) {
    text.add(
      "static \(program.types.type(value).rawValue) \(name)[\(program.graph.values[value].count)];")
  }

  /// Where a value is, as a caller of a step's function writes it.
  private func place(_ value: Int, _ own: [Int: String]) -> String {
    if let name = own[value] { return name }
    let buffer = Self.bufferName(program.types.type(value))
    let offset = program.buffers.offset(value)
    return offset == 0 ? buffer : "\(buffer) + \(offset)"
  }

  private func addCalls(
    _ loops: some Sequence<Int>, _ own: [Int: String], _ text: inout SourceText
  ) {
    for index in loops { text.add(call(index, own)) }
  }

  private func call(_ index: Int, _ own: [Int: String]) -> String {
    let loop = program.loops[index]
    let list = (loop.loads + loop.stores).map { place($0, own) }.joined(separator: ", ")
    return "\(functions[index])(\(list));"
  }

  private var mostElements: Int { max(program.mostElements, learner?.mostElements ?? 0) }

  private var sumType: String { program.types.type(program.core?.sums ?? 0).rawValue }

  /// What writes the part that learns on.
  var learnerWriter: LearnerWriter? {
    learner.map {
      LearnerWriter(
        plan: $0, name: name, flash: flash, sumType: sumType,
        indexType: HeaderWriter.indexType(program))
    }
  }

  private func addCore(_ text: inout SourceText) {
    guard let core = program.core else { return }
    text.open("void \(name)_levels(const uint8_t *levels, \(sumType) *sums)")
    addCalls(
      1..<program.loops.count - 1, [core.levels: "levels", core.sums: "sums"], &text)
    text.close()
    text.add("")
    addLargestSum(&text)
  }

  private func addLargestSum(_ text: inout SourceText) {
    addLargest("largest_sum", sumType, "sums", &text)
  }

  private func addInference(_ text: inout SourceText) {
    text.open("void \(name)_infer(const float *input, float *output)")
    let own = [0: "input", program.graph.output: "output"]
    if let core = program.core {
      let places = own.merging([core.levels: "level_buffer", core.sums: "sum_buffer"]) { $1 }
      addCalls([0], places, &text)
      text.add("\(name)_levels(level_buffer, sum_buffer);")
      addCalls([program.loops.count - 1], places, &text)
    } else {
      addCalls(program.loops.indices, own, &text)
    }
    text.close()
    text.add("")
  }

  private func addLargest(
    _ function: String, _ type: String, _ argument: String, _ text: inout SourceText
  ) {
    let index = HeaderWriter.indexType(program)
    text.open("\(index) \(name)_\(function)(const \(type) *\(argument))")
    text.add("\(index) best = 0;")
    text.add("\(index) i;")
    text.add("")
    text.loop("i", program.outputCount)
    text.add("if (\(argument)[i] > \(argument)[best]) best = i;")
    text.close()
    text.add("return best;")
    text.close()
    text.add("")
  }
}
