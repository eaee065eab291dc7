import QHostRuntime
import Testing

@Suite("Budget")
struct BudgetTests {
  private func cost(losses: Int = 0, gradients: Int = 0, passes: Double = 0) -> Cost {
    var cost = Cost()
    cost.lossEvaluations = losses
    cost.gradientEvaluations = gradients
    cost.forwardEquivalents = passes
    return cost
  }

  @Test("Without limits it is never spent")
  func unlimited() {
    #expect(Budget().isUnlimited)
    #expect(!Budget().isSpent(cost(losses: .max / 2, passes: 1e300), seconds: 1e9))
    #expect(Budget().progress(cost(losses: 5), seconds: 5) == 0)
  }

  @Test("Each limit spends it when it is reached, losses and gradients together")
  func limits() {
    var budget = Budget()
    budget.maxEvaluations = 10
    #expect(!budget.isSpent(cost(losses: 5, gradients: 4), seconds: 0))
    #expect(budget.isSpent(cost(losses: 5, gradients: 5), seconds: 0))
    budget = Budget()
    budget.maxForwardEquivalents = 2.5
    #expect(!budget.isSpent(cost(passes: 2.4), seconds: 0))
    #expect(budget.isSpent(cost(passes: 2.5), seconds: 0))
    budget = Budget()
    budget.maxSeconds = 3
    #expect(!budget.isSpent(cost(), seconds: 2.9))
    #expect(budget.isSpent(cost(), seconds: 3))
  }

  @Test("Progress goes by counts where they are limited, so that schedules repeat")
  func progress() {
    var budget = Budget()
    budget.maxSeconds = 10
    #expect(budget.progress(cost(losses: 5), seconds: 4) == 0.4)
    budget.maxEvaluations = 20
    #expect(budget.progress(cost(losses: 5), seconds: 9) == 0.25)
    budget.maxForwardEquivalents = 10
    #expect(budget.progress(cost(losses: 5, passes: 6), seconds: 9) == 0.6)
    #expect(budget.progress(cost(losses: 50, passes: 60), seconds: 9) == 1)
  }

  @Test("A specification has a budget that ends by itself")
  func standard() {
    let specification = RunSpecification(optimizer: "o", model: "m", dataset: "d")
    #expect(specification.budget.maxForwardEquivalents == Budget.standardForwardEquivalents)
    #expect(!specification.budget.isUnlimited)
  }
}
