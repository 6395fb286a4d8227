package dev.offload.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.TaskDescription;

/**
 * Writes down all that it is told.
 */
public final class RecordingCarrier implements ContextCarrier {

	private final String name;

	private final Map<String, String> entries;

	private final List<String> told;

	public RecordingCarrier(String name, Map<String, String> entries) {
		this(name, entries, new CopyOnWriteArrayList<>());
	}

	public RecordingCarrier(String name, Map<String, String> entries, List<String> told) {
		this.name = name;
		this.entries = entries;
		this.told = told;
	}

	/**
	 * What it was told, in order.
	 * @return a line for each
	 */
	public List<String> told() {
		return this.told;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Carried capture(TaskDescription task) {
		this.told.add("captured " + task.label());
		return new Recorded(this);
	}

	@Override
	public Scope restore(Map<String, String> entries) {
		this.told.add(this.name + " restored " + entries);
		return new Scope() {
			@Override
			public void failed(Throwable failure) {
				RecordingCarrier.this.told.add(RecordingCarrier.this.name + " failed " + failure.getMessage());
			}

			@Override
			public void close() {
				RecordingCarrier.this.told.add(RecordingCarrier.this.name + " closed");
			}
		};
	}

	/**
	 * What was captured.
	 *
	 * @param carrier the carrier
	 */
	private record Recorded(RecordingCarrier carrier) implements Carried {

		@Override
		public Map<String, String> entries() {
			return this.carrier.entries;
		}

		@Override
		public void rejected(Throwable failure) {
			this.carrier.told.add("rejected " + failure.getClass().getSimpleName());
		}

		@Override
		public void started() {
			this.carrier.told.add("started");
		}

		@Override
		public void ended(TaskStatus status, @Nullable Throwable failure) {
			this.carrier.told
				.add("ended " + status + ((failure != null) ? " " + failure.getClass().getSimpleName() : ""));
		}

	}

}
