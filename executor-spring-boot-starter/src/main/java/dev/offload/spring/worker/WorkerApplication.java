package dev.offload.spring.worker;

import java.util.LinkedHashSet;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import dev.offload.spring.logging.FileAppenders;
import dev.offload.spring.logging.LibraryLogSource;

/**
 * The application as a worker runs it: its beans, and nothing that it does by itself.
 */
final class WorkerApplication extends SpringApplication {

	private final WorkerSettings settings;

	private final WorkerPropertySources propertySources;

	private WorkerApplication(WorkerSettings settings, Class<?>[] classes) {
		super(classes);
		this.settings = settings;
		this.propertySources = new WorkerPropertySources(settings.environment(), settings.own().properties(),
				ownProperties(settings));
	}

	/**
	 * Makes it from what the service gave.
	 * @param settings the settings
	 * @return the application, not started
	 * @throws ClassNotFoundException if a class of the service is not here
	 */
	static WorkerApplication of(WorkerSettings settings) throws ClassNotFoundException {
		RecordedApplication recorded = settings.application();
		ClassLoader loader = ClassUtils.getDefaultClassLoader();
		Class<?>[] classes = new Class<?>[recorded.classes().size()];
		for (int i = 0; i < classes.length; i++) {
			classes[i] = ClassUtils.forName(recorded.classes().get(i), loader);
		}
		WorkerApplication application = new WorkerApplication(settings, classes);
		application.configure(recorded, loader);
		return application;
	}

	private void configure(RecordedApplication recorded, @Nullable ClassLoader loader) throws ClassNotFoundException {
		setSources(new LinkedHashSet<>(recorded.resources()));
		addListeners(new LogAttachment());
		if (!Exclusion.LOG_FILES.applies()) {
			FileAppenders.keep();
		}
		setApplicationContextFactory(
				ApplicationContextFactory.of(() -> new AnnotationConfigApplicationContext(new WorkerBeanFactory())));
		if (Exclusion.WEB_SERVER.applies()) {
			setWebApplicationType(WebApplicationType.NONE);
		}
		else {
			setApplicationContextFactory(ApplicationContextFactory.DEFAULT);
		}
		if (Exclusion.SHUTDOWN_HOOK.applies()) {
			setRegisterShutdownHook(false);
		}
		String main = recorded.mainClass();
		if (main != null && ClassUtils.isPresent(main, loader)) {
			setMainApplicationClass(ClassUtils.forName(main, loader));
		}
		if (recorded.options().environmentPrefix() != null) {
			setEnvironmentPrefix(recorded.options().environmentPrefix());
		}
		String generator = recorded.options().beanNameGenerator();
		if (generator != null) {
			setBeanNameGenerator((BeanNameGenerator) BeanUtils.instantiateClass(ClassUtils.forName(generator, loader)));
		}
	}

	/**
	 * Starts the context.
	 * @return the context, which has created only the beans of Spring's own machinery
	 */
	ConfigurableApplicationContext start() {
		try {
			return run(this.settings.application().arguments().toArray(String[]::new));
		}
		catch (AbandonedRunException ex) {
			ConfigurableApplicationContext context = ex.getApplicationContext();
			if (context == null) {
				throw ex;
			}
			return context;
		}
	}

	@Override
	protected void configureEnvironment(ConfigurableEnvironment environment, String[] arguments) {
		super.configureEnvironment(environment, arguments);
		this.propertySources.beforeConfigurationFiles(environment);
	}

	@Override
	protected void applyInitializers(ConfigurableApplicationContext context) {
		super.applyInitializers(context);
		this.propertySources.afterConfigurationFiles(context.getEnvironment());
		// Again, for an initializer may have configured it anew.
		LibraryLogSource.attach();
		if (Exclusion.LOG_FILES.applies()) {
			FileAppenders.detach();
		}
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		QuietLifecycleProcessor lifecycle = new QuietLifecycleProcessor();
		lifecycle.setBeanFactory(beans);
		beans.registerSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, lifecycle);
		if (Exclusion.LIFECYCLE_EVENTS.applies()) {
			beans.registerSingleton(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
					new QuietEventMulticaster(beans));
		}
		context.addBeanFactoryPostProcessor(new QuietDefinitions());
		beans.addBeanPostProcessor(new QuietBeans());
		beans.addBeanPostProcessor(PoolSizes.of(this.settings.own()));
	}

	@Override
	protected void afterRefresh(ConfigurableApplicationContext context, ApplicationArguments arguments) {
		if (context.getBeanFactory() instanceof WorkerBeanFactory beans) {
			beans.completeBeansFromNowOn();
		}
		if (Exclusion.RUNNERS.applies()) {
			// Neither "started" nor "ready" is told, and no runner runs.
			throw new AbandonedRunException(context);
		}
	}

	private static Map<String, Object> ownProperties(WorkerSettings settings) {
		Map<String, Object> properties = Exclusion.allProperties();
		RecordedApplication.Options options = settings.application().options();
		properties.put("spring.main.allow-bean-definition-overriding", options.overriding());
		properties.put("spring.main.allow-circular-references", options.circularReferences());
		properties.put("spring.profiles.active",
				StringUtils.collectionToCommaDelimitedString(settings.own().profiles()));
		return properties;
	}

}
