import QHostRuntime

/// Predictions as comma-separated values with a heading, or as one JSON object.
struct PredictionWriter {
  private let predictions: Predictions
  private let isJSON: Bool

  init(_ predictions: Predictions, isJSON: Bool) {
    self.predictions = predictions
    self.isJSON = isJSON
  }

  /// What comes before the rows.
  func beginning() throws(RunError) -> String {
    guard isJSON else {
      var names = ["row"]
      if predictions.isOfClasses { names.append("class") }
      let kind = predictions.areProbabilities ? "P" : "score"
      names += predictions.outputs.map { predictions.isOfClasses ? "\(kind)(\($0))" : $0 }
      return names.map(CSVFieldText.of).joined(separator: ",") + "\n"
    }
    let names = try JSONText.of(predictions.outputs)
    return
      "{\"schema\":\"qhost.predictions/1\",\"model\":\(try JSONText.of(predictions.model)),\"dataset\":"
      + "\(try JSONText.of(predictions.dataset)),\"rows\":\(predictions.rowCount),"
      + "\"\(predictions.isOfClasses ? "classes" : "outputs")\":\(names),\"predictions\":["
  }

  /// Some rows.
  func text(of chunk: Predictions.Chunk) throws(RunError) -> String {
    let count = predictions.outputs.count
    let names = try predictions.outputs.map { (name) throws(RunError) in
      isJSON ? try JSONText.of(name) : CSVFieldText.of(name)
    }
    var text = ""
    for (place, row) in chunk.rows.enumerated() {
      let values = chunk.values[place * count..<(place + 1) * count].map { "\($0)" }
        .joined(separator: ",")
      let name = predictions.isOfClasses ? names[chunk.classes[place]] : nil
      guard isJSON else {
        text += "\(row + 1),\(name.map { "\($0)," } ?? "")\(values)\n"
        continue
      }
      let key =
        predictions.areProbabilities
        ? "probabilities" : predictions.isOfClasses ? "scores" : "values"
      text += row == 0 ? "\n" : ",\n"
      text += "{\(name.map { "\"class\":\($0)," } ?? "")\"\(key)\":[\(values)]}"
    }
    return text
  }

  /// What comes after the rows.
  var end: String { isJSON ? "\n]}\n" : "" }
}
