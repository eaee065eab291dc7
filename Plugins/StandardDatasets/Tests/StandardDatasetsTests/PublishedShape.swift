import QHostInterfaces
import Testing

/// A table of our own in the shape of a CSV file that a Python package ships, and what must come of it.
///
/// The shapes are those of scikit-learn 1.9.1, statsmodels 0.15.0 and vega_datasets 0.9.0; seaborn 0.13.2 ships no table.
struct PublishedShape: CustomTestStringConvertible, Sendable {
  /// What must come of it.
  enum Outcome: Sendable {
    /// Features, rows and classes; no classes: a number is learnt.
    case read(features: Int, rows: Int, classes: [String])
    /// What the refusal says.
    case refused([String])
  }

  let testDescription: String
  let text: String
  var changes: [String: ParameterValue] = [:]
  /// Whether the first column gets a note.
  var hasNote = false
  let outcome: Outcome

  private init(
    _ name: String, _ header: String, rows count: Int, _ row: (Int) -> String,
    set changes: [String: ParameterValue] = [:], hasNote: Bool = false, _ outcome: Outcome
  ) {
    testDescription = name
    text = header + (0..<count).map { row($0) + "\n" }.joined()
    self.changes = changes
    self.hasNote = hasNote
    self.outcome = outcome
  }

  /// Some number with decimals.
  private static func n(_ i: Int, _ k: Int = 1) -> String {
    "\(Double((i * 37 + k * 11) % 97) / 8)"
  }

  /// So many of them.
  private static func list(_ i: Int, _ count: Int, _ mark: String = ",") -> String {
    (1...count).map { n(i, $0) }.joined(separator: mark)
  }

  /// Twenty shapes and some more.
  static let all: [PublishedShape] = sklearn + statsmodels + vega

  private static let sklearn = [
    PublishedShape(
      "breast_cancer.csv: a first line of counts and classes", "40,30,malignant,benign\n", rows: 40,
      { "\(list($0, 30)),\($0 % 2)" }, .refused(["line 1 has 4 fields", "all others have 31"])),
    PublishedShape(
      "wine_data.csv: alike", "40,13,class_0,class_1,class_2\n", rows: 40,
      { "\(list($0, 13)),\($0 % 3)" }, .refused(["line 1 has 5 fields", "all others have 14"])),
    PublishedShape(
      "iris.csv: alike, with as many fields as a row", "40,4,setosa,versicolor,virginica\n",
      rows: 40,
      { "\(list($0, 4)),\($0 % 3)" }, .read(features: 4, rows: 40, classes: ["0", "1", "2"])),
    PublishedShape(
      "linnerud_exercise.csv: spaces", "Chins Situps Jumps\n", rows: 30,
      { "\($0 % 7) \($0 * 3) \($0 * 5 % 301)" }, .read(features: 2, rows: 30, classes: [])),
    PublishedShape(
      "diabetes_data_raw.csv: spaces and no header", "", rows: 40,
      { "\(($0 * 7 + 3) % 60) \($0 % 2) \(list($0, 8, " "))" },
      .read(features: 9, rows: 40, classes: [])),
    PublishedShape(
      "digits.csv: no header, 65 columns", "", rows: 40,
      { i in (0..<64).map { "\((i + $0) % 17)" }.joined(separator: ",") + ",\(i % 10)" },
      .read(features: 64, rows: 40, classes: (0..<10).map(String.init))),
  ]

  private static let statsmodels = [
    PublishedShape(
      "anes96.csv: tabulators, names in single quotes", "'popul'\t'TVnews'\t'age'\t'vote'\n",
      rows: 30,
      { "\($0 * 10)\t\($0 % 8)\t\(20 + $0)\t\($0 % 2)" },
      .read(features: 3, rows: 30, classes: ["0", "1"])),
    PublishedShape(
      "spector.csv: spaces, and a column that counts", "'OBS' 'GPA' 'TUCE' 'PSI' 'GRADE'\n",
      rows: 32,
      { "\($0 + 1) \(n($0)) \($0 % 9) \($0 % 2) \($0 % 2)" }, hasNote: true,
      .read(features: 4, rows: 32, classes: ["0", "1"])),
    PublishedShape(
      "unemp.csv: lines of words before the table",
      "Series Id:           LNS1\n\nSeasonally Adjusted\n", rows: 20,
      { "\(1950 + $0),\(list($0, 4))" }, .refused(["line 1 has", "title"])),
    PublishedShape(
      "scotland_population.csv: a title in quotes",
      "Dataset Name:,\"RT1\"\nTitle:,\"Area, 1996\"\n", rows: 20,
      { "a\($0),\(list($0, 13))" }, .refused(["line 1 has 2 fields", "most have 14", "title"])),
    PublishedShape(
      "scotvote.csv: R's header without a name for the rows", "\"Starts\" \"Stock\" \"Yes\"\n",
      rows: 12,
      { "\"Place_\($0)\" \(list($0, 3, " "))" }, hasNote: true,
      .read(features: 14, rows: 12, classes: [])),
    PublishedShape(
      "E6_jmulti.csv: two columns of numbers, spaces", "", rows: 30,
      { "\(n($0)) 0.0\($0 % 9 + 1)" },
      .read(features: 1, rows: 30, classes: [])),
    PublishedShape(
      "co2.csv: missing values", "date,co2\n", rows: 20,
      { "1958\(1001 + $0),\($0 == 4 ? "" : n($0))" },
      .refused(["line 6, column 'co2'", "missing"])),
    PublishedShape(
      "committee.csv: names in the first column",
      "\"COMMITTEE\",\"BILLS104\",\"SIZE\",\"PRESTIGE\"\n", rows: 20,
      { "\"Committee \($0)\",\($0 + 3),\($0 % 40),\($0 % 2)" },
      .read(features: 22, rows: 20, classes: ["0", "1"])),
    PublishedShape(
      "grunfeld.csv: firms by name", "invest,value,capital,firm,year\n", rows: 44,
      { "\(n($0)),\($0 * 70),\(n($0, 2)),\(["US Steel", "IBM"][$0 % 2]),\(1935 + $0)" },
      .read(features: 5, rows: 44, classes: [])),
    PublishedShape(
      "longley.csv: a column that counts", "\"Obs\",\"TOTEMP\",\"GNP\",\"YEAR\"\n", rows: 26,
      { "\($0 + 1),\(60_000 + $0 * 31),\(n($0)),\(1947 + $0)" }, hasNote: true,
      .read(features: 3, rows: 26, classes: [])),
    PublishedShape(
      "gam_PIRLS_results.csv: R's index in quotes, long decimals", "\"\",\"x\",\"y\",\"est\"\n",
      rows: 25,
      { "\"\($0 + 1)\",0.79339440027251\($0),-0.1034392564471\($0),\(n($0))" }, hasNote: true,
      .read(features: 3, rows: 25, classes: [])),
    PublishedShape(
      "methylation-test.csv: an index twice, many texts",
      ",Unnamed: 0,gender,Basename,methylation\n", rows: 30,
      { "\($0),\($0),\(["F", "M"][$0 % 2]),60423\($0)_R04C01,\(n($0))" },
      .refused(["column 'Basename'", "at most 20", "ignore"])),
    PublishedShape(
      "results_var_R_output.csv: two columns of one name",
      "\"\",\"fevd.inv\",\"fevd.inc\",\"fevd.inv\"\n", rows: 5,
      { "\"\($0 + 1)\",\(list($0, 3))" }, .refused(["columns 2 and 4 are both named 'fevd.inv'"])),
    PublishedShape(
      "pastes.csv: letters, an index", "\"\",\"strength\",\"batch\",\"cask\"\n", rows: 30,
      { "\"\($0 + 1)\",\(n($0)),\"\(["A", "B", "C"][$0 % 3])\",\"\(["a", "b"][$0 / 3 % 2])\"" },
      hasNote: true,
      .read(features: 5, rows: 30, classes: ["a", "b"])),
    PublishedShape(
      "arima212_forecast.csv: a header with spaces, and one name too many",
      "dates, cpi, predict, stderr, c1, c2\n",
      rows: 12, { "1950:\($0 + 1), \(n($0)),,," },
      .refused(["line 1 has 6 fields", "all others have 5"])),
  ]

  private static let vega = [
    PublishedShape(
      "airports.csv: too many texts", "iata,name,state,latitude,longitude\n", rows: 30,
      { "0\($0)M,Field \($0),MS,31.9537647\($0),-89.2345047\($0)" },
      .refused(["column 'iata'", "at most 20", "the column has 30"])),
    PublishedShape(
      "seattle-weather.csv: dates left out, weather to learn",
      "date,precipitation,temp_max,wind,weather\n", rows: 30,
      { "2012/01/\($0 + 1),\(list($0, 3)),\(["rain", "sun"][$0 % 2])" },
      set: ["ignore": .text("date")],
      .read(features: 3, rows: 30, classes: ["rain", "sun"])),
    PublishedShape(
      "stocks.csv: words, dates and prices", "symbol,date,price\n", rows: 30,
      { "\(["MSFT", "IBM"][$0 % 2]),Jan \($0 + 1) 2000,\(n($0))" },
      .refused(["column 'date'", "'Jan 1 2000' is text"])),
    PublishedShape(
      "us-employment.csv: a month, then integers and decimals",
      "month,nonfarm,mining,retail\n", rows: 30,
      { "2006-\($0 + 10)-01,\(135_450 + $0 * 13),\(656 + $0),\(n($0))" },
      set: ["ignore": .text("1")],
      .read(features: 2, rows: 30, classes: [])),
    PublishedShape(
      "la-riots.csv: an age is missing", "age,gender,longitude,type\n", rows: 12,
      {
        "\($0 == 3 ? "" : "\(18 + $0)"),\(["Male", "Female"][$0 % 2]),-118.2\($0),\(["a", "b"][$0 % 2])"
      },
      .refused(["line 5, column 'age'", "missing"])),
  ]
}
