package dev.offload.benchmarks.row;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;

import org.HdrHistogram.Histogram;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;

/**
 * What one more task costs its caller, and how soon tasks follow each other, with few and
 * many in the queue.
 */
final class GrowthRow implements Row {

	private static final List<Integer> DEPTHS = List.of(100, 1_000, 100_000);

	private static final int MOST = 200_000;

	/**
	 * Results come in groups when this thread was away: one by one they would seem to
	 * take no time.
	 */
	private static final int GROUP = 500;

	@Override
	public String name() {
		return "growth";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (Pool pool = new Pool("process",
				(spec) -> spec.minWorkers(1).maxWorkers(1).maxPending(MOST).maxPendingBytes(1L << 30))) {
			long nanos = sheet.time().toNanos() / DEPTHS.size();
			new Depth(pool, DEPTHS.get(0)).run(nanos * 2);
			Depth before = new Depth(pool, DEPTHS.get(0));
			before.run(nanos);
			for (int queued : DEPTHS.subList(1, DEPTHS.size())) {
				Depth deep = new Depth(pool, queued);
				deep.run(nanos);
				add(sheet, "submit", deep, before, deep.submits, before.submits);
				add(sheet, "task after task", deep, before, deep.ends, before.ends);
				before = deep;
			}
		}
	}

	private static void add(Sheet sheet, String what, Depth deep, Depth before, Histogram with, Histogram without) {
		double value = micros(with);
		double by = micros(without);
		sheet.add(String.format(Locale.ROOT, "%s, %,d queued, p50", what, deep.queued), value, Unit.MICROS,
				new Comparison(String.format(Locale.ROOT, "%,d queued", before.queued), by, value / by),
				Goal.ratioAtMost(1.5));
	}

	private static double micros(Histogram histogram) {
		return histogram.getValueAtPercentile(50) / 1e3;
	}

	/**
	 * As many in the queue all the time.
	 */
	private static final class Depth {

		private final Pool pool;

		private final int queued;

		private final Histogram submits = new Histogram(3);

		private final Histogram ends = new Histogram(3);

		private final Deque<Future<?>> pending = new ArrayDeque<>();

		Depth(Pool pool, int queued) {
			this.pool = pool;
			this.queued = queued;
		}

		// One is submitted for each that has ended.
		void run(long nanos) throws Exception {
			while (this.pending.size() <= this.queued) {
				this.pending.addLast(this.pool.submit(Work.nextOf(1)));
			}
			skipDone();
			long end = System.nanoTime() + nanos;
			long last = System.nanoTime();
			while (last < end) {
				for (int i = 0; i < GROUP; i++) {
					this.pending.removeFirst().get();
					long start = System.nanoTime();
					this.pending.addLast(this.pool.submit(Work.nextOf(1)));
					this.submits.recordValue(System.nanoTime() - start);
				}
				long now = System.nanoTime();
				this.ends.recordValue((now - last) / GROUP);
				last = now;
			}
			while (!this.pending.isEmpty()) {
				this.pending.removeFirst().get();
			}
		}

		// Those that have ended while the queue was filled would seem to take no time.
		private void skipDone() {
			while (this.pending.getFirst().isDone()) {
				this.pending.removeFirst();
				this.pending.addLast(this.pool.submit(Work.nextOf(1)));
			}
		}

	}

}
