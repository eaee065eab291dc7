"""Microseconds an evaluation that a DEAP genetic algorithm takes with the settings of qhost's `ga`
(50 individuals, tournaments of 5, uniform crossover, Gaussian mutation); the sphere is not counted."""

import random
import sys
import time

from deap import algorithms, base, creator, tools

DIMENSION, EVALUATIONS = int(sys.argv[1]), int(sys.argv[2])
POPULATION = 50


def toolbox() -> base.Toolbox:
    creator.create("Loss", base.Fitness, weights=(-1.0,))
    creator.create("Individual", list, fitness=creator.Loss)
    box = base.Toolbox()
    box.register("mate", tools.cxUniform, indpb=0.5)
    rate = max(1 / DIMENSION, 0.02)
    box.register("mutate", tools.mutGaussian, mu=0, sigma=0.3, indpb=rate)
    box.register("select", tools.selTournament, tournsize=5)
    return box


def main() -> None:
    random.seed(1)
    box = toolbox()
    genes = lambda: [random.gauss(0, 1) for _ in range(DIMENSION)]
    population = [creator.Individual(genes()) for _ in range(POPULATION)]
    own, count = 0.0, 0
    while count < EVALUATIONS:
        changed = [each for each in population if not each.fitness.valid]
        for each in changed:
            each.fitness.values = (sum(gene * gene for gene in each),)
        count += len(changed)
        start = time.perf_counter()
        parents = box.select(population, POPULATION)
        population = algorithms.varAnd(parents, box, cxpb=0.9, mutpb=1.0)
        own += time.perf_counter() - start
    print(own / count * 1e6)


main()
