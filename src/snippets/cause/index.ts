export { causeOf, distanceOf, type Cause, type CausePlace } from './cause';
export { detailProgram, readDetail, type ErrorDetail } from './detail';
