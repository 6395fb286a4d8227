package dev.offload.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets each test method begin with an empty record.
 */
final class OffloadTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), AutoConfigureOffload.class)) {
			testContext.getApplicationContext().getBean(OffloadRecorder.class).clear();
		}
	}

}
