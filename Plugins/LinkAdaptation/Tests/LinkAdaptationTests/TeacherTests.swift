import LinkAdaptation
import QHostTesting
import Testing

@Suite("Teacher of link adaptation")
struct TeacherTests {
  @Test("Training is a function of its seed, and makes a network better than an untrained one")
  func training() throws {
    let plan = LinkPlan()
    var training = TeacherTraining()
    training.stepCount = 400
    training.laneCount = 32
    training.batchSize = 64
    training.leadCount = 2_000
    training.memoryCount = 5_000
    training.copySteps = 40
    training.averaging = 0.02
    let teacher = try training.run(plan, host: TestHost(seed: 1))
    let again = try training.run(plan, host: TestHost(seed: 2))
    #expect(teacher.weights == again.weights)
    training.stepCount = 0
    let untrained = try training.run(plan, host: TestHost(seed: 1))
    var contest = LinkContest(plan, key: LinkEpisode.key(seed: 7, "test"), count: 40)
    contest.add("teacher", teacher)
    contest.add("untrained", untrained)
    let rows = contest.rows.map(\.throughput)
    #expect(rows[0] > 1.1 * rows[1])
  }
}
