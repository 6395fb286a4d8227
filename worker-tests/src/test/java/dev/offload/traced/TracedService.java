package dev.offload.traced;

import java.util.concurrent.CompletableFuture;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.MDC;

import dev.offload.OffloadExecutor;
import dev.offload.spring.OffloadTo;

/**
 * Makes spans of its own where it runs.
 */
public class TracedService {

	private final ObservationRegistry observations;

	private final OffloadExecutor threads;

	public TracedService(ObservationRegistry observations, OffloadExecutor threads) {
		this.observations = observations;
		this.threads = threads;
	}

	@OffloadTo("pdf")
	public String render() {
		return observe("font") + " for " + MDC.get("tenant");
	}

	@OffloadTo("pdf")
	public String current() {
		return MDC.get("traceId") + " " + this.observations.getCurrentObservation() + " " + MDC.get("tenant");
	}

	@OffloadTo("pdf")
	public CompletableFuture<String> later() {
		return CompletableFuture.completedFuture(observe("later"));
	}

	@OffloadTo("pdf")
	public void fail() {
		throw new IllegalStateException("no such font");
	}

	@OffloadTo("pdf")
	public void crash() {
		Runtime.getRuntime().halt(9);
	}

	/**
	 * Runs in a thread of the service.
	 * @return the identifier of the trace there
	 * @throws Exception never
	 */
	public String inThread() throws Exception {
		return this.threads.call(() -> observe("thread"));
	}

	// The log of the worker has the identifiers of its own span.
	private String observe(String name) {
		return Observation.createNotStarted(name, this.observations)
			.observe(() -> MDC.get("traceId") + " " + MDC.get("spanId"));
	}

}
