package dev.offload.pool;

import java.nio.file.Path;

import dev.offload.contract.Gate;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;

/**
 * Keeps its worker from being ready: its argument is {@code halt}, {@code hang}, or the
 * path of a gate at which it waits.
 */
final class FaultyInitializer implements WorkerInitializer {

	FaultyInitializer() {
	}

	@Override
	public void initialize(WorkerEnvironment environment) {
		String argument = environment.arguments().get(0);
		switch (argument) {
			case "halt" -> {
				System.err.println("no model, no work");
				Faults.halt(13);
			}
			case "hang" -> Faults.spin();
			default -> {
				Path gate = Path.of(argument);
				new Gate(gate.getParent(), gate.getFileName().toString()).passStubbornly();
			}
		}
	}

}
