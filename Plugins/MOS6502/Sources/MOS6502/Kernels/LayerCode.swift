/// The code of a layer, and what outputs are counted from.
struct LayerCode {
  var fragments: [CodeFragment] = []
  /// Bytes that the code reads; they stand behind all code.
  var data: [Statement] = []
  /// What is subtracted from a stored output to get its value.
  var zero = 0
}
