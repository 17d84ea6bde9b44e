// The worker of the element: checks texts beside the page, so that the page never stalls.
import { initSync, check } from './bindings.js';
import { answerChecks } from './checker.js';

answerChecks(initSync, check);
