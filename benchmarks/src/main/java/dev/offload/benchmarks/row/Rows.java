package dev.offload.benchmarks.row;

import java.util.Arrays;
import java.util.List;

import dev.offload.benchmarks.figure.Goal;

/**
 * All rows, in their order.
 */
public final class Rows {

	private static final int KIB = 1024;

	private static final List<Row> ALL = List.of(new NoOpRow("noop", 1), new NoOpRow("noop-2", Pool.WORKERS),
			new ThroughputRow(), new BatchRow(), new PayloadRow("64KiB", 64 * KIB, null),
			new PayloadRow("1MiB", KIB * KIB, Goal.ratioAtMost(1.5)),
			new PayloadRow("64MiB", 64 * KIB * KIB, Goal.ratioAtMost(1.5)), new AllocationRow(), new InvoiceRow(),
			new LocalRow(), new AnnotationRow(), new PipeRow(), new TransportRow(), new PeersRow(), new OpenLoopRow(),
			new GrowthRow(), new StartRow(), new SampleRow(), new CrashRow(), new IdleRow(), new ExecutorsRow());

	private Rows() {
	}

	/**
	 * All rows.
	 * @return the rows
	 */
	public static List<Row> all() {
		return ALL;
	}

	/**
	 * Those that are asked for.
	 * @param names names with commas between them, {@code all} or {@code none}
	 * @return the rows, in the order of all
	 */
	public static List<Row> select(String names) {
		if (names.equals("all")) {
			return ALL;
		}
		if (names.equals("none")) {
			return List.of();
		}
		List<String> wanted = Arrays.stream(names.split(",")).map(String::strip).toList();
		List<String> known = ALL.stream().map(Row::name).toList();
		for (String name : wanted) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("There is no row '" + name + "'; there are " + known);
			}
		}
		return ALL.stream().filter((row) -> wanted.contains(row.name())).toList();
	}

}
