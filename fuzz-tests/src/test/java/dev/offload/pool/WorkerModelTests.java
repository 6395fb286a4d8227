package dev.offload.pool;

import java.nio.file.Path;
import java.util.List;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

import dev.offload.dispatch.Model;

/**
 * Tests for the phases of a {@link Worker} in many orders of the steps that threads take:
 * each gives what it would give if they came one after the other, so that a phase is
 * entered by one of them and never left backwards.
 */
@Param(name = "phase", gen = IntGen.class, conf = "0:4")
@Param(name = "reason", gen = IntGen.class, conf = "0:2")
public class WorkerModelTests {

	private static final List<Worker.Phase> PHASES = List.of(Worker.Phase.values());

	private static final List<EndReason> REASONS = List.of(EndReason.values());

	private final Worker worker = new Worker("model", 1, 1, "token", new WorkerFiles(Path.of("none"), Path.of("none")));

	@Test
	void eachPhaseIsEnteredOnceAndInOrder() {
		Model.options().actorsBefore(0).actorsAfter(0).iterations(10).check(WorkerModelTests.class);
	}

	@Operation
	public boolean advance(@Param(name = "phase") int next) {
		return this.worker.advance(PHASES.get(next));
	}

	@Operation
	public String phase() {
		return this.worker.phase().name();
	}

	@Operation
	public String endFor(@Param(name = "reason") int reason) {
		return this.worker.endFor(REASONS.get(reason)).name();
	}

}
