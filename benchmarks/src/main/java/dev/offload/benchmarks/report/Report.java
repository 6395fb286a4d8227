package dev.offload.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured on one machine.
 *
 * @param machine the machine
 * @param runs the runs, one of each feature version of the JDK, the oldest first
 */
public record Report(Machine machine, List<Run> runs) {

	public Report {
		runs = runs.stream().sorted(Comparator.comparingInt(Run::feature)).toList();
	}

	/**
	 * Puts later runs into the place of the same rows on the same JDK.
	 * @param later what was measured later
	 * @param order the names of all rows, in their order
	 * @return both
	 * @throws IllegalArgumentException if they are of different machines
	 */
	public Report with(Report later, List<String> order) {
		if (!this.machine.equals(later.machine)) {
			throw new IllegalArgumentException("These figures are of " + later.machine
					+ ", and those that are there of " + this.machine + ": they do not belong into one table");
		}
		Map<Integer, Run> merged = new TreeMap<>();
		this.runs.forEach((run) -> merged.put(run.feature(), run));
		later.runs.forEach((run) -> merged.merge(run.feature(), run, (old, fresh) -> old.with(fresh, order)));
		return new Report(later.machine, List.copyOf(merged.values()));
	}

}
