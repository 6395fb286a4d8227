package dev.offload.test.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of one phase under load.
 *
 * @param plan what was done
 * @param counts what became of the tasks, as the service saw it
 * @param lost tasks that never came to an end, or succeeded without having run
 * @param duplicated tasks that ran more than once
 * @param strikes how often a worker was struck
 * @param workersStarted how many workers the pool started
 * @param growth what is left behind, empty if nothing
 */
record LoadResult(LoadPlan plan, Tally.Counts counts, int lost, int duplicated, int strikes, long workersStarted,
		String growth) {

	static final List<String> HEADS = List.of("phase", "strikes", "workers", "submitted", "succeeded", "share",
			"failed", "lost", "twice", "pause", "no success", "left behind");

	/**
	 * Compares what the service saw with what the workers did.
	 * @param plan what was done
	 * @param tally what the service saw
	 * @param runs how often each task ran
	 * @param strikes how often a worker was struck
	 * @param workersStarted how many workers the pool started
	 * @param growth what is left behind, empty if nothing
	 * @return the result
	 */
	static LoadResult of(LoadPlan plan, Tally tally, Map<Long, Integer> runs, int strikes, long workersStarted,
			String growth) {
		long neverRun = tally.succeeded().stream().filter((id) -> !runs.containsKey(id)).count();
		long twice = runs.values().stream().filter((number) -> number > 1).count();
		Tally.Counts counts = tally.counts();
		return new LoadResult(plan, counts, counts.open() + (int) neverRun, (int) twice, strikes, workersStarted,
				growth);
	}

	List<String> row() {
		return List.of(this.plan.name(), Integer.toString(this.strikes), Long.toString(this.workersStarted),
				Integer.toString(this.counts.submitted()), Integer.toString(this.counts.succeeded()),
				String.format(Locale.ROOT, "%.1f %%", 100 * this.counts.share()), failures(),
				Integer.toString(this.lost), Integer.toString(this.duplicated), millis(this.counts.pauseNanos()),
				millis(this.counts.successPauseNanos()), this.growth.isEmpty() ? "nothing" : "see below");
	}

	private String failures() {
		List<String> words = new ArrayList<>();
		this.counts.failures().forEach((reason, number) -> words.add(number + " " + reason));
		return words.isEmpty() ? "0" : String.join(", ", words);
	}

	private static String millis(long nanos) {
		return nanos / 1_000_000 + " ms";
	}

	// One line for each promise that was broken.
	List<String> broken(ChaosSettings.Promises promises) {
		List<String> broken = new ArrayList<>();
		require(this.counts.submitted() > 0, "no task was submitted", broken);
		require(this.lost == 0, this.lost + " tasks were lost", broken);
		require(this.duplicated == 0, this.duplicated + " tasks ran more than once", broken);
		require(this.counts.unexpected() == 0, this.counts.unexpected()
				+ " tasks ended in a way that nothing provoked, such as " + this.counts.samples(), broken);
		require(this.counts.share() >= this.plan.successShare(),
				String.format(Locale.ROOT, "only %.1f %% of the tasks succeeded, less than %.0f %%",
						100 * this.counts.share(), 100 * this.plan.successShare()),
				broken);
		require(this.counts.pauseNanos() <= promises.longestPause().toNanos(), "no task came to its end for "
				+ millis(this.counts.pauseNanos()) + ", more than " + promises.longestPause().toMillis() + " ms",
				broken);
		require(this.growth.isEmpty(), "something is left behind: " + this.growth, broken);
		return broken;
	}

	private void require(boolean kept, String otherwise, List<String> broken) {
		if (!kept) {
			broken.add(this.plan.name() + ": " + otherwise);
		}
	}

}
