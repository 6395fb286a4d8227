package dev.offload.spring.worker;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.weaving.LoadTimeWeaverAware;

/**
 * Creates beans only when somebody asks for them, and then completes them: the callbacks
 * that a context makes once, at its start, come too early for such beans.
 */
final class WorkerBeanFactory extends DefaultListableBeanFactory {

	private static final Set<String> GIVEN_BY_HELD_BACK = Set.of("jakarta.persistence.EntityManager",
			"jakarta.persistence.EntityAgent");

	private final BeanCompletion completion = new BeanCompletion();

	/**
	 * From here on the beans that somebody asks for are completed.
	 */
	void completeBeansFromNowOn() {
		this.completion.open();
	}

	// Each context asks for these names in order to create the beans.
	@Override
	public String[] getBeanNamesForType(@Nullable Class<?> type, boolean includeNonSingletons, boolean allowEagerInit) {
		if (type == LoadTimeWeaverAware.class && Exclusion.LOAD_TIME_WEAVING.applies()) {
			return new String[0];
		}
		return super.getBeanNamesForType(type, includeNonSingletons, allowEagerInit);
	}

	// JPA's factory says only when it exists that it also gives entity managers.
	@Override
	protected Map<String, Object> findAutowireCandidates(@Nullable String name, Class<?> requiredType,
			DependencyDescriptor dependency) {
		Map<String, Object> candidates = super.findAutowireCandidates(name, requiredType, dependency);
		if (candidates.isEmpty() && TypeNames.isAnyOf(requiredType, GIVEN_BY_HELD_BACK) && createHeldBack()) {
			return super.findAutowireCandidates(name, requiredType, dependency);
		}
		return candidates;
	}

	private boolean createHeldBack() {
		boolean created = false;
		for (String name : super.getBeanNamesForType(LoadTimeWeaverAware.class, false, false)) {
			String plainName = BeanFactoryUtils.transformedBeanName(name);
			if (!containsSingleton(plainName) && !isCurrentlyInCreation(plainName)) {
				getBean(name);
				created = true;
			}
		}
		if (created) {
			// It knows by now that there is no bean of that type.
			clearMetadataCache();
		}
		return created;
	}

	// Stronger than Boot's laziness, which @Lazy(false), scheduled beans and exclude
	// filters escape; and so late that no definition is added afterwards.
	@Override
	public void preInstantiateSingletons() {
		if (Exclusion.EAGER_BEANS.applies()) {
			for (String name : getBeanDefinitionNames()) {
				makeLazy(name);
			}
		}
		super.preInstantiateSingletons();
	}

	private void makeLazy(String name) {
		BeanDefinition definition = getBeanDefinition(name);
		if (definition.getRole() != BeanDefinition.ROLE_INFRASTRUCTURE) {
			definition.setLazyInit(true);
			// The merged one is what counts, and it may have been made before.
			if (getMergedBeanDefinition(name) instanceof RootBeanDefinition merged) {
				merged.setLazyInit(true);
			}
		}
	}

	@Override
	protected Object initializeBean(String name, Object bean, @Nullable RootBeanDefinition definition) {
		Object initialized = super.initializeBean(name, bean, definition);
		if (definition != null && definition.isSingleton()) {
			this.completion.created(initialized);
		}
		return initialized;
	}

	@Override
	protected <T> T doGetBean(String name, @Nullable Class<T> requiredType, @Nullable Object @Nullable [] arguments,
			boolean typeCheckOnly) {
		this.completion.enter();
		try {
			T bean = super.doGetBean(name, requiredType, arguments, typeCheckOnly);
			this.completion.succeeded();
			return bean;
		}
		finally {
			this.completion.exit();
		}
	}

}
