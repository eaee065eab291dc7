internal import QHostInterfaces

extension DatasetDescription {
  /// Adds the description to a message.
  func write(to message: inout MessageWriter) {
    message.write(task.rawValue)
    message.write(scaling.rawValue)
    message.write(Split.allCases.map { rowCount($0) })
    message.write(input.extents)
    message.write(output.extents)
    message.write(targetWidth)
    for names in [featureNames, outputNames, metricNames] {
      message.write(each: names) { $0.write($1) }
    }
    message.write(outputLower)
    message.write(outputUpper)
    message.write(outputKinds.map(\.rawValue))
    message.write([hasViolations, hasGradient, isStochastic, hasCuts, isSeries].map { $0 ? 1 : 0 })
    message.write(each: objectives) { message, objective in
      message.write(objective.name)
      message.write(objective.unit)
      message.write(objective.ideal)
      message.write(objective.reference)
    }
    message.write(bestKnownLoss ?? .nan)
    message.write(source)
    message.write(variantCount)
    message.write(streams.map(\.rawValue).sorted())
    for split in Split.allCases {
      message.write((drifts[split] ?? []).flatMap { [$0.row, $0.width] })
    }
  }

  /// Reads a description, and checks what the host takes on trust.
  init(from message: inout MessageReader) throws(ComponentError) {
    guard let task = Task(rawValue: try message.read(UInt32.self)),
      let scaling = Scaling(rawValue: try message.read(UInt32.self))
    else { throw MessageReader.damaged }
    let rows = try message.array(of: Int.self)
    let (input, output) = (try Shape(from: &message), try Shape(from: &message))
    guard rows.count == Split.allCases.count, rows.allSatisfy({ (0...1 << 40).contains($0) })
    else { throw MessageReader.damaged }
    self.init(
      task: task, input: input, output: output, targetWidth: try message.integer(),
      rowCounts: Dictionary(uniqueKeysWithValues: zip(Split.allCases, rows)))
    let width = input.count + targetWidth
    guard (0...1 << 30).contains(targetWidth),
      rows.allSatisfy({ $0 <= Self.mostNumbers / max(1, width) })
    else {
      throw ComponentError(
        "its splits have \(rows.map(String.init).joined(separator: ", ")) rows of \(width) numbers, which do "
          + "not fit into memory; report it to its author")
    }
    self.scaling = scaling
    featureNames = try message.texts()
    outputNames = try message.texts()
    metricNames = try message.texts()
    outputLower = try message.array(of: Double.self)
    outputUpper = try message.array(of: Double.self)
    outputKinds = try message.array(of: UInt32.self).map { ParameterKind(rawValue: $0) ?? .real }
    let flags = try message.array(of: Int.self).map { $0 != 0 }
    guard flags.count == 5, [0, output.count].contains(outputLower.count),
      outputLower.count == outputUpper.count, [0, output.count].contains(outputKinds.count)
    else { throw MessageReader.damaged }
    hasViolations = flags[0]
    hasGradient = flags[1]
    isStochastic = flags[2]
    hasCuts = flags[3]
    isSeries = flags[4]
    objectives = try message.elements { (message) throws(ComponentError) in
      ObjectiveDescription(
        name: try message.text(), unit: try message.optionalText(), ideal: try message.real(),
        reference: try message.real())
    }
    let known = try message.real()
    bestKnownLoss = known.isNaN ? nil : known
    source = try message.optionalText()
    variantCount = max(1, try message.integer())
    streams = Set(try message.array(of: UInt32.self).compactMap { Split(rawValue: $0) })
    for split in Split.allCases {
      let numbers = try message.array(of: Int.self)
      guard numbers.count % 2 == 0 else { throw MessageReader.damaged }
      let found = stride(from: 0, to: numbers.count, by: 2).map {
        Drift(row: numbers[$0], width: numbers[$0 + 1])
      }
      guard Drift.areInOrder(found, rowCount: rowCount(split)) else { throw MessageReader.damaged }
      if !found.isEmpty { drifts[split] = found }
    }
  }

  /// The most numbers in a split: those of 32 GB.
  private static let mostNumbers = 1 << 33
}
