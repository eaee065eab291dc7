internal import QHostInterfaces

/// One instance: users, channels, and how allocations are scored.
struct AllocationProblem: Sendable {
  /// How an allocation is scored.
  enum Rule: Sendable {
    /// Rates [S × U].
    case linear([Double])
    /// How many coding schemes get through, [S × U].
    case schemes([Int])
    /// Rates by who sends.
    case interference(InterferenceTable)
  }

  let settings: SubBandSettings
  let drop: UserDrop
  let rule: Rule
  /// The constraints that scores have.
  let limits: AllocationLimits

  /// Drops users and draws channels.
  init(_ settings: SubBandSettings) {
    self.settings = settings
    drop = UserDrop(
      cellCount: settings.cellCount, usersPerCell: settings.usersPerCell, seed: settings.seed)
    let fading = FadingTable(
      userCount: settings.userCount, cellCount: settings.cellCount,
      subBandCount: settings.subBandCount, correlation: settings.correlation, seed: settings.seed)
    switch settings.mode {
    case .userCap, .qosFloor: rule = .linear(RateTable.rates(drop, fading, settings))
    case .singleMCS:
      rule = .schemes(SchemeTable.levels(RateTable.ratios(drop, fading, settings)))
    case .interference: rule = .interference(InterferenceTable(drop, fading, settings))
    }
    limits = AllocationLimits(
      floor: settings.hasObjectives ? 0 : RateTable.rounded(settings.floor),
      cap: settings.mode == .userCap ? 1 : 0)
  }

  /// Categories of each output.
  var categoryCount: Int { settings.usersPerCell + (settings.mode == .interference ? 1 : 0) }

  /// What a sum of rates is multiplied by for the mean over sub-bands and cells.
  var scale: Double { 1 / Double(settings.outputCount) }

  /// A state to score allocations with.
  func makeState() -> any AllocationState {
    switch rule {
    case .linear(let rates):
      LinearAllocation(rates: rates, userCount: settings.userCount, limits: limits)
    case .schemes(let levels):
      SchemeAllocation(
        levels: levels, efficiencies: SchemeTable.efficiencies, userCount: settings.userCount,
        limits: limits)
    case .interference(let table): InterferenceAllocation(table: table, limits: limits)
    }
  }

  /// Cuts from an allocation.
  func makeCuts(at choices: [Int]) -> any ScenarioCuts {
    func cuts(_ state: some AllocationState) -> any ScenarioCuts {
      AllocationCuts(state, at: choices, categoryCount: categoryCount, scale: scale)
    }
    return cuts(makeState())
  }

  /// The best rates [S × U] that users can have, whatever the others do.
  var bestRates: [Double] {
    switch rule {
    case .linear(let rates): rates
    case .schemes(let levels):
      levels.map { $0 > 0 ? SchemeTable.efficiencies[$0 - 1] : 0 }
    case .interference(let table): table.table(alone: true)
    }
  }

  /// What the dataset's one row shows, [S × U]: rates, or how many coding schemes get through.
  var shown: [Double] {
    switch rule {
    case .linear(let rates): rates
    case .schemes(let levels): levels.map(Double.init)
    case .interference(let table): table.table(alone: false)
    }
  }
}
