/// A sum of multiples of powers of n: `3*n*n + 5*n + 7`.
struct Polynomial: Equatable {
  /// Of 1, n, n², ...
  private var coefficients: [Int] = []

  /// Reads one; `nil`: the text is none.
  init?(_ text: String) {
    for term in text.split(separator: "+", omittingEmptySubsequences: false) {
      var (factor, power) = (1, 0)
      for part in term.split(separator: "*", omittingEmptySubsequences: false) {
        let word = part.filter { !$0.isWhitespace }
        if word == "n" {
          power += 1
        } else if let number = Int(word), (0...1_000_000).contains(number) {
          factor = factor.multipliedReportingOverflow(by: number).partialValue
        } else {
          return nil
        }
      }
      guard power <= 3 else { return nil }
      while coefficients.count <= power { coefficients.append(0) }
      coefficients[power] += factor
    }
  }

  /// Its value, if it is at most so much.
  func value(at n: Int, upTo limit: Int) -> Int? {
    var sum = 0
    for coefficient in coefficients.reversed() {
      let (product, overflow) = sum.multipliedReportingOverflow(by: n)
      guard !overflow, product <= limit else { return nil }
      sum = product + coefficient
    }
    return sum <= limit ? sum : nil
  }
}
