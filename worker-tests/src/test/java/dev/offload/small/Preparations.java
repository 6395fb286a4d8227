package dev.offload.small;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;
import dev.offload.spring.autoconfigure.ConditionalOnOffloadWorker;
import dev.offload.spring.autoconfigure.ConditionalOnService;

/**
 * What prepares workers, and what tells of it.
 */
public final class Preparations {

	private Preparations() {
	}

	/**
	 * Notes who prepared this JVM.
	 */
	@Component("notes")
	public static class Notes {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		void add(Class<?> type, WorkerEnvironment environment) {
			this.lines.add(type.getSimpleName() + " of " + environment.executor() + environment.arguments());
		}

		List<String> lines() {
			return List.copyOf(this.lines);
		}

	}

	/**
	 * Runs after the other one.
	 */
	@Component("later")
	@Order(2)
	@ConditionalOnOffloadWorker
	public static class Later implements WorkerInitializer {

		private final Notes notes;

		Later(Notes notes) {
			this.notes = notes;
		}

		@Override
		public void initialize(WorkerEnvironment environment) {
			this.notes.add(Later.class, environment);
		}

	}

	/**
	 * Runs before the other one.
	 */
	@Component("sooner")
	@Order(1)
	@ConditionalOnOffloadWorker
	public static class Sooner implements WorkerInitializer {

		private final Notes notes;

		Sooner(Notes notes) {
			this.notes = notes;
		}

		@Override
		public void initialize(WorkerEnvironment environment) {
			this.notes.add(Sooner.class, environment);
		}

	}

	/**
	 * Would fail each worker that has it.
	 */
	@Component("ofTheService")
	@ConditionalOnService
	public static class OfTheService implements WorkerInitializer {

		@Override
		public void initialize(WorkerEnvironment environment) {
			throw new IllegalStateException("This is no service");
		}

	}

	/**
	 * Is no bean.
	 */
	public static class Named implements WorkerInitializer {

		private final Notes notes;

		Named(Notes notes) {
			this.notes = notes;
		}

		@Override
		public void initialize(WorkerEnvironment environment) {
			this.notes.add(Named.class, environment);
		}

	}

}
