/// The operators that give each element from the elements at its place; the raw values are ONNX's names.
///
/// `Clip` is read as `Max` and `Min`; `Gather` takes from a list of constants, by an index for each element.
enum Elementwise: String, CaseIterable {
  case identity = "Identity"
  case tanh = "Tanh"
  case relu = "Relu"
  case sigmoid = "Sigmoid"
  case sine = "Sin"
  case cosine = "Cos"
  case exponential = "Exp"
  case logarithm = "Log"
  case squareRoot = "Sqrt"
  case errorFunction = "Erf"
  case absolute = "Abs"
  case negative = "Neg"
  case floor = "Floor"
  case round = "Round"
  case add = "Add"
  case subtract = "Sub"
  case multiply = "Mul"
  case divide = "Div"
  case minimum = "Min"
  case maximum = "Max"
  case greater = "Greater"
  case less = "Less"
  case greaterOrEqual = "GreaterOrEqual"
  case lessOrEqual = "LessOrEqual"
  case select = "Where"
  case cast = "Cast"
  case gather = "Gather"

  var operandCount: Int {
    switch self {
    case .add, .subtract, .multiply, .divide, .minimum, .maximum, .greater, .less, .greaterOrEqual,
      .lessOrEqual, .gather:
      2
    case .select: 3
    default: 1
    }
  }

  var isComparison: Bool {
    [.greater, .less, .greaterOrEqual, .lessOrEqual].contains(self)
  }

  /// Whether it is defined for real numbers only.
  var needsReals: Bool {
    [
      .tanh, .sigmoid, .sine, .cosine, .exponential, .logarithm, .squareRoot, .errorFunction,
      .floor, .round,
    ].contains(self)
  }

  /// Whether the low bits of its result need no more than the low bits of its operands.
  var isModular: Bool { [.add, .subtract, .multiply].contains(self) }
}
