import QHostDatasets

/// Who is given a loan: nine facts of a person, and ten rules, the concepts.
///
/// Class 0 is the source's group A.
///
/// Source: R. Agrawal, T. Imielinski, A. Swami, *Database mining: a performance perspective*, IEEE Transactions on Knowledge and Data Engineering
/// 5 (1993), appendix. *Deviation*: no facts are perturbed; a part of the classes is wrong.
package struct Agrawal: ConceptFamily {
  /// What is known of a person.
  struct Person {
    var salary: Double
    var commission: Double
    var age: Int
    var education: Int
    var car: Int
    var zipCode: Int
    var houseValue: Double
    var houseYears: Int
    var loan: Double

    /// In the order of the features.
    var numbers: [Double] {
      [
        salary, commission, Double(age), Double(education), Double(car), Double(zipCode),
        houseValue, Double(houseYears), loan,
      ]
    }
  }

  let noise: Double

  let featureNames = [
    "salary", "commission", "age", "elevel", "car", "zipcode", "hvalue", "hyears", "loan",
  ]
  let classNames = ["0", "1"]
  let standardConcepts = Array(0..<10)
  let conceptCount = 10

  /// Draws a person.
  static func person(_ generator: inout SplitMix64) -> Person {
    let salary = 20_000 + 130_000 * generator.uniform()
    let commission = salary >= 75_000 ? 0 : 10_000 + 65_000 * generator.uniform()
    let age = 20 + generator.integer(below: 61)
    let education = generator.integer(below: 5)
    let car = 1 + generator.integer(below: 20)
    let zipCode = generator.integer(below: 9)
    let houseValue = Double(8 - zipCode) * 100_000 * (0.5 + generator.uniform())
    return Person(
      salary: salary, commission: commission, age: age, education: education, car: car,
      zipCode: zipCode, houseValue: houseValue, houseYears: 1 + generator.integer(below: 30),
      loan: 500_000 * generator.uniform())
  }

  /// The class of nine numbers in the order of the features.
  package static func label(_ numbers: [Double], concept: Int) -> Int {
    let person = Person(
      salary: numbers[0], commission: numbers[1], age: Int(numbers[2]), education: Int(numbers[3]),
      car: Int(numbers[4]), zipCode: Int(numbers[5]), houseValue: numbers[6],
      houseYears: Int(numbers[7]), loan: numbers[8])
    return label(person, concept: concept)
  }

  /// The class of a person by a rule.
  static func label(_ person: Person, concept: Int) -> Int { isInGroupA(person, concept) ? 0 : 1 }

  /// A value for those below 40, below 60, and older.
  private static func byAge<Value>(_ person: Person, _ values: [Value]) -> Value {
    values[person.age < 40 ? 0 : person.age < 60 ? 1 : 2]
  }

  private static func thousands(_ low: Int, _ high: Int) -> ClosedRange<Double> {
    Double(low) * 1_000...Double(high) * 1_000
  }

  private static func isInGroupA(_ person: Person, _ concept: Int) -> Bool {
    let income = person.salary + person.commission
    let education = Double(person.education)
    let salaries = byAge(person, [thousands(50, 100), thousands(75, 125), thousands(25, 75)])
    switch concept {
    case 0: return person.age < 40 || person.age >= 60
    case 1: return salaries.contains(person.salary)
    case 2: return byAge(person, [0...1, 1...3, 2...4]).contains(person.education)
    case 3: return isPaidForEducation(person)
    case 4: return isPaidForLoan(person, salaries.contains(person.salary))
    case 5: return salaries.contains(income)
    case 6: return 2 * income / 3 - person.loan / 5 - 20_000 > 1
    case 7: return 2 * income / 3 - 5_000 * education - 20_000 > 1
    case 8: return 2 * income / 3 - 5_000 * education - person.loan / 5 - 10_000 > 1
    default:
      let years = Double(max(0, person.houseYears - 20))
      let equity = person.houseValue * years / 10
      return 2 * income / 3 - 5_000 * education + equity / 5 - 10_000 > 1
    }
  }

  private static func isPaidForEducation(_ person: Person) -> Bool {
    let isLearned = byAge(person, [0...1, 1...3, 2...4]).contains(person.education)
    let ranges =
      isLearned
      ? [thousands(25, 75), thousands(50, 100), thousands(50, 100)]
      : [thousands(50, 100), thousands(75, 125), thousands(25, 75)]
    return byAge(person, ranges).contains(person.salary)
  }

  private static func isPaidForLoan(_ person: Person, _ isUsual: Bool) -> Bool {
    let ranges =
      isUsual
      ? [thousands(100, 300), thousands(200, 400), thousands(300, 500)]
      : [thousands(200, 400), thousands(300, 500), thousands(100, 300)]
    return byAge(person, ranges).contains(person.loan)
  }

  func draw(
    concept: Int, row: Int, generator: inout SplitMix64, inputs: UnsafeMutableBufferPointer<Float>
  ) -> Int {
    let person = Self.person(&generator)
    for (index, value) in person.numbers.enumerated() { inputs[index] = Float(value) }
    let label = Self.label(person, concept: concept)
    return generator.uniform() < noise ? 1 - label : label
  }
}
