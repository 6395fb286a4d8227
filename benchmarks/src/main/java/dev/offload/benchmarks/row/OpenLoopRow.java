package dev.offload.benchmarks.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import dev.offload.benchmarks.figure.Unit;

/**
 * Tasks that come at a fixed rate, whether those before have ended or not. The time of
 * each is taken from the moment at which it should have come.
 */
final class OpenLoopRow implements Row {

	private static final List<Integer> RATES = List.of(1_000, 10_000);

	private static final int MAX_PENDING = 100_000;

	@Override
	public String name() {
		return "open-loop";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		try (Pool pool = new Pool("process", (spec) -> spec.maxPending(MAX_PENDING))) {
			Duration each = sheet.time().dividedBy(RATES.size());
			run(pool, RATES.get(RATES.size() - 1), sheet.time());
			for (int rate : RATES) {
				Histogram histogram = run(pool, rate, each);
				String what = String.format(Locale.ROOT, "%,d a second, p", rate);
				sheet.add(what + "50", histogram.getValueAtPercentile(50) / 1e3, Unit.MICROS);
				sheet.add(what + "99", histogram.getValueAtPercentile(99) / 1e3, Unit.MICROS);
				sheet.add(what + "99.9", histogram.getValueAtPercentile(99.9) / 1e3, Unit.MICROS);
			}
		}
	}

	private static Histogram run(Pool pool, int rate, Duration time) throws Exception {
		ConcurrentHistogram histogram = new ConcurrentHistogram(3);
		long count = time.toMillis() * rate / 1000;
		List<CompletableFuture<?>> ends = new ArrayList<>();
		long start = System.nanoTime();
		for (long i = 0; i < count; i++) {
			long due = start + i * 1_000_000_000L / rate;
			for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			ends.add(pool.submit(Work.nextOf(i)).thenRun(() -> histogram.recordValue(System.nanoTime() - due)));
		}
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get();
		return histogram;
	}

}
