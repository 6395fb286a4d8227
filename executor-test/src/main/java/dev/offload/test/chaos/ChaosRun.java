package dev.offload.test.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerSpec;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.test.FaultTasks;
import dev.offload.test.Leftovers;

/**
 * All phases, one after the other.
 */
final class ChaosRun {

	private final ChaosSettings settings;

	private final PrintStream out;

	private final List<String> broken = new ArrayList<>();

	ChaosRun(ChaosSettings settings, PrintStream out) {
		this.settings = settings;
		this.out = out;
	}

	// Prints what came of it; returns one line for each promise that was broken.
	List<String> run() throws Exception {
		warmUp();
		Leftovers before = Leftovers.now();
		load();
		soak();
		timings();
		leftovers(before);
		this.out.println();
		this.broken.forEach((line) -> this.out.println("BROKEN " + line));
		this.out.println(this.broken.isEmpty() ? "All promises were kept." : this.broken.size() + " promises broken.");
		return this.broken;
	}

	// What a JVM opens and starts once is there before anything is counted.
	private static void warmUp() throws Exception {
		ExecutorSpec spec = ExecutorSpec.builder("chaos-warm-up")
			.maxWorkers(1)
			.timeout(Duration.ofMinutes(1))
			.worker(WorkerSpec.builder().heapBytes(32L * 1024 * 1024).build())
			.build();
		try (OffloadExecutor executor = new ProcessExecutorFactory().create(spec)) {
			executor.submit(FaultTasks.spinFor(Duration.ZERO)).future().get();
		}
		SoakSample.take(0, 0, 0);
	}

	private void load() throws Exception {
		List<LoadPlan> plans = List.of(LoadPlan.kills(Duration.ofMillis(250), this.settings.promises().successShare()),
				LoadPlan.kills(Duration.ofMillis(50), 0), LoadPlan.stopsOfBusy(), LoadPlan.stopsOfIdle(),
				LoadPlan.fullHeaps());
		this.out.println("Load: " + this.settings.phase().toSeconds() + " s for each phase");
		Table table = new Table(LoadResult.HEADS);
		for (LoadPlan plan : plans) {
			this.out.println("  " + plan.name());
			LoadResult result = new LoadPhase(plan, plan.name().hashCode()).run(this.settings.phase());
			table.add(result.row());
			this.broken.addAll(result.broken(this.settings.promises()));
		}
		this.out.println();
		table.print(this.out);
	}

	private void soak() throws Exception {
		this.out.println();
		this.out.println("Soak: " + this.settings.soakTasks() + " tasks that do nothing, workers are recycled");
		Soak soak = new Soak(this.settings.soakTasks());
		Table table = new Table(SoakSample.HEADS);
		soak.run().forEach((sample) -> table.add(sample.row()));
		table.print(this.out);
		this.broken.addAll(soak.broken());
	}

	private void timings() throws Exception {
		this.out.println();
		Timings timings = new Timings(this.settings.runs());
		Distribution late = timings.killAccuracy();
		this.out.println("A busy loop is dead after timeout 200 ms + kill-grace 100 ms by: " + late);
		if (late.maxMillis() > this.settings.promises().killMillis()) {
			this.broken.add(String.format(Locale.ROOT, "limits: a worker was dead %.1f ms late, more than %.0f ms",
					late.maxMillis(), this.settings.promises().killMillis()));
		}
		this.out.println("kill -9 of a worker to the failure of its task: " + timings.crashSeen());
	}

	private void leftovers(Leftovers before) {
		String growth = Leftovers.growthAfter(before, Duration.ofSeconds(20));
		Leftovers after = Leftovers.now();
		this.out.println();
		Table table = new Table(List.of("held by the service", "before", "after"));
		table.add(row("file descriptors", before.descriptors().size(), after.descriptors().size()));
		table.add(row("threads", before.threads().size(), after.threads().size()));
		table.add(row("child processes", before.children().size(), after.children().size()));
		table.add(row("temporary files", before.files().size(), after.files().size()));
		table.print(this.out);
		if (!growth.isEmpty()) {
			this.broken.add("the whole run: something is left behind: " + growth);
		}
	}

	private static List<String> row(String what, int before, int after) {
		return List.of(what, Integer.toString(before), Integer.toString(after));
	}

}
