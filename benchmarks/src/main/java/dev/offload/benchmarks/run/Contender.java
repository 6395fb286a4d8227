package dev.offload.benchmarks.run;

import java.util.List;

/**
 * Something whose duration is measured beside that of others.
 *
 * @param name its name
 * @param operations what it does again and again, on as many threads as there are
 * operations
 */
public record Contender(String name, List<Operation> operations) {

	public Contender {
		operations = List.copyOf(operations);
	}

	/**
	 * One that does one thing at a time.
	 * @param name its name
	 * @param operation what it does
	 * @return the contender
	 */
	public static Contender of(String name, Operation operation) {
		return new Contender(name, List.of(operation));
	}

}
