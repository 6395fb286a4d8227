package dev.offload.spring.worker;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import dev.offload.OffloadException;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;

/**
 * Finds what prepares a worker among its beans.
 */
final class InitializerBeans {

	private final ConfigurableListableBeanFactory beans;

	InitializerBeans(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * All initializers of a worker.
	 * @param configured the class of {@code worker.initializer}, {@code null} if there is
	 * none
	 * @param worker the worker
	 * @return the beans in their order, then an instance of that class if none of them is
	 * of it
	 * @throws OffloadException if one cannot be made, or if there are only arguments
	 */
	List<WorkerInitializer> of(@Nullable Class<? extends WorkerInitializer> configured, WorkerEnvironment worker) {
		List<WorkerInitializer> initializers = list(configured, worker);
		if (initializers.isEmpty() && !worker.arguments().isEmpty()) {
			throw new OffloadException(worker.executor(),
					"worker.initializer-arguments (" + worker.arguments().size()
							+ ") are for nobody: there is no WorkerInitializer bean in " + worker
							+ ", and worker.initializer names no class. Declare one, or remove the arguments");
		}
		return initializers;
	}

	private List<WorkerInitializer> list(@Nullable Class<? extends WorkerInitializer> configured,
			WorkerEnvironment worker) {
		try {
			// No other bean is created in order to find out what it is.
			List<WorkerInitializer> found = this.beans.getBeanProvider(WorkerInitializer.class, false)
				.orderedStream()
				.toList();
			if (configured == null || found.stream().anyMatch((each) -> configured == AopUtils.getTargetClass(each))) {
				return found;
			}
			return Stream.concat(found.stream(), Stream.of(this.beans.createBean(configured))).toList();
		}
		catch (BeansException ex) {
			throw new OffloadException(worker.executor(),
					ex.getMostSpecificCause() + ": a WorkerInitializer could not be created in " + worker
							+ "; look for a bean that it needs and " + "that is in the service only",
					ex);
		}
	}

}
